"""Trains one direction: phases over weighted passes, checkpoints, resume, on CPU or CUDA."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from training.translation import dataset as data
from training.translation import e5, published, state, validate, warmstart
from training.translation.config import Phase, TranslationConfig
from training.translation.loss import sequence_loss
from training.translation.optimizer import Optimizer
from training.translation.state import Average, Progress

log = logging.getLogger(__name__)
_LOG_EVERY = 20
_CHECK_SENTENCES = 128
# A run draws its share of the rare sources by its pass's number: each run has numbers of its own.
_TURNS = 1000


@dataclass(slots=True)
class Meter:
    """Loss, tokens and seconds since the last line of the log."""

    loss: float = 0.0
    tokens: int = 0
    since: float = field(default_factory=time.monotonic)

    def add(self, loss: float, tokens: int) -> None:
        """Count a step."""
        self.loss += loss * tokens
        self.tokens += tokens

    def flush(self) -> tuple[float, float]:
        """Return mean loss and tokens a second, and start anew."""
        now = time.monotonic()
        found = self.loss / self.tokens, self.tokens / (now - self.since)
        self.loss, self.tokens, self.since = 0.0, 0, now
        return found


@dataclass(slots=True)
class Run:
    """A training run's moving parts."""

    config: TranslationConfig
    folder: Path
    device: str
    dataset: data.Dataset
    development: validate.Development
    targets: int
    model: Any
    optimizer: Optimizer
    average: Average
    progress: Progress
    meter: Meter = field(default_factory=Meter)

    def save(self) -> None:
        """Write the checkpoint of this moment."""
        path = self.folder / "checkpoint.pt"
        state.save(path, self.model, self.optimizer, self.average, self.progress)

    def check(self) -> None:
        """Measure the averaged weights on the development set and remember the result."""
        with self.average.applied(self.model):
            found = {
                "tokens": float(self.progress.tokens),
                "loss": validate.mean_loss(
                    self.model, self.development.pairs, self.targets, self.device
                ),
                "chrf": validate.greedy_chrf(
                    self.model, self.development, _CHECK_SENTENCES, self.device
                ),
            }
        self.progress.history.append(found)
        log.info("development: loss %(loss).3f, greedy chrF %(chrf).2f", found)


def start(config: TranslationConfig, folder: Path, device: str, before: Path | None = None) -> Run:
    """Set a run up in ``folder``, which `prepare` has filled; resume when it has a checkpoint.

    A new run starts from E5, or from the checkpoint published in ``before``, at the first phase
    that this one has not had.

    Raises:
        NotContinuedError: the checkpoint in ``before`` does not fit the run, or is another one
            than the run in ``folder`` started from.
    """
    import torch

    torch.manual_seed(config.seed)
    targets = json.loads((folder / "report.json").read_text())["targets"]
    rows = np.load(folder / "rows.npy").tolist()
    model = warmstart.build(e5.read(e5.bundled_path()), rows, targets, config.model)
    resumed = (folder / "checkpoint.pt").exists()
    progress = Progress()
    if before is not None and not resumed:
        progress = _take_up(before, folder, model)
    elif before is not None and published.Past.read(folder) != published.Past.read(before):
        raise published.NotContinuedError(
            f"{folder} has a run that did not start from {before}: finish it without --continue, "
            "or delete its checkpoint.pt"
        )
    # Plain attention is the faster one on CPUs for rows as short as sentences.
    model.set_attn_implementation("sdpa" if device == "cuda" else "eager")
    model.to(device).train()
    optimizer = Optimizer(model, config.train.encoder_rate, config.train.muon)
    average = Average(model, config.train.ema)
    if resumed:
        progress = state.load(folder / "checkpoint.pt", model, optimizer, average)
        log.info("resuming at step %d", progress.steps)
    return Run(
        config=config,
        folder=folder,
        device=device,
        dataset=data.Dataset.load(folder / "train.npz"),
        development=validate.Development.load(folder),
        targets=targets,
        model=model,
        optimizer=optimizer,
        average=average,
        progress=progress,
    )


def _take_up(before: Path, folder: Path, model: Any) -> Progress:
    published.check_vocabulary(before, folder / "tokenizer")
    warmstart.load(model, published.tensors(before))
    past = published.Past.read(before)
    past.write(folder)
    return Progress(phase=past.phases, turn=_TURNS * len(past.rounds))


def rate(phase: Phase, tokens: int, steps: int) -> float:
    """Return the learning rate after ``tokens`` and ``steps`` of a phase."""
    first, last = phase.rate
    done = min(tokens / phase.tokens, 1.0)
    warm = min((steps + 1) / phase.warmup, 1.0) if phase.warmup else 1.0
    return warm * (first + (last - first) * done)


def train(run: Run, minutes: float | None = None) -> None:
    """Run the phases to their end, or for ``minutes``; a checkpoint is left in either case."""
    began, spent = time.monotonic(), time.process_time()
    due_save = began + 60 * run.config.train.save_minutes
    due_check = began + 60 * run.config.train.check_minutes
    for phase, batch in _work(run):
        _step(run, phase, batch)
        run.progress.cpu_seconds += time.process_time() - spent
        spent = time.process_time()
        now = time.monotonic()
        if now >= due_check:
            run.check()
            due_check = time.monotonic() + 60 * run.config.train.check_minutes
        if now >= due_save:
            run.save()
            due_save = time.monotonic() + 60 * run.config.train.save_minutes
        if minutes is not None and now - began >= 60 * minutes:
            break
    else:
        run.check()
    run.save()


def _work(run: Run) -> Iterator[tuple[Phase, data.Batch]]:
    """Yield each batch that is left to do, with its phase."""
    progress, phases = run.progress, run.config.phases
    while progress.phase < len(phases):
        phase = phases[progress.phase]
        for batch in _pass(run, phase):
            yield phase, batch
            if progress.stale(run.config.train.patience):
                progress.phase_tokens = phase.tokens
        if progress.phase_tokens >= phase.tokens:
            progress.phase, progress.phase_tokens, progress.phase_steps = progress.phase + 1, 0, 0
            progress.history.clear()  # the next one starts at a high rate, and so at a worse chrF
        progress.turn, progress.batch = progress.turn + 1, 0


def _pass(run: Run, phase: Phase) -> Iterator[data.Batch]:
    """Yield the rest of the current pass; stop when the phase has had its tokens."""
    weights = {source.name: source.weight for source in run.config.sources} | phase.weights
    progress, seed = run.progress, run.config.seed
    rows = data.draw(run.dataset, weights, seed, progress.turn)
    size = run.config.train.batch_tokens
    cuts = data.batches(run.dataset, rows, size, seed, progress.turn)
    pad = run.model.config.pad_token_id
    while progress.batch < len(cuts) and progress.phase_tokens < phase.tokens:
        cut = cuts[progress.batch]
        progress.batch += 1
        yield run.dataset.batch(cut, pad)


def _step(run: Run, phase: Phase, batch: data.Batch) -> None:
    """Learn from one batch."""
    import torch

    progress = run.progress
    speed = rate(phase, progress.phase_tokens, progress.phase_steps)
    source = torch.from_numpy(batch.source).long().to(run.device)
    target = torch.from_numpy(batch.target).long().to(run.device)
    with torch.autocast(run.device, torch.bfloat16):
        loss = sequence_loss(
            run.model,
            source,
            target,
            targets=run.targets,
            smoothing=run.config.train.label_smoothing,
            frozen=phase.frozen_encoder,
        )
    loss.backward()
    torch.nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
    run.optimizer.step(speed)
    tokens = int((batch.target != run.model.config.pad_token_id).sum())
    progress.count(tokens)
    run.average.update(run.model, progress.steps)
    run.meter.add(float(loss.detach()), tokens)
    if progress.steps % _LOG_EVERY == 0:
        mean, pace = run.meter.flush()
        log.info(
            "%s step %d tokens %d (%d/%d) pass %d loss %.3f rate %.2e %.0f tokens/s",
            *(phase.name, progress.steps, progress.tokens, progress.phase_tokens, phase.tokens),
            *(progress.turn, mean, speed, pace),
        )
