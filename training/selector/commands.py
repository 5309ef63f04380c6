"""The steps of a selector, as ``python -m training`` calls them."""

from __future__ import annotations

import logging
import pickle
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import torch

from service.domain import Language, Length
from service.evaluation.rouge import signature
from training.registry import Command, Options
from training.selector import config as settings
from training.selector import data
from training.selector.articles import Reference
from training.selector.config import Config
from training.selector.evaluate import Judged, judge, markdown, table
from training.selector.examples import Example
from training.selector.export import member_of, publish
from training.selector.fit import fit
from training.selector.model import PointerNetwork

log = logging.getLogger(__name__)


def prepare_run(options: Options) -> None:
    """Read and embed the corpus, and find good and bad picks for every article."""
    config, folder = _open(options)
    corpus = data.load(config, options.corpus)
    vectors = data.embed(corpus.articles, folder)
    built: dict[str, list[Example]] = {}
    for name, articles in {"train": corpus.train, **corpus.tests}.items():
        built[name] = data.build(articles, vectors, options.threads)
        log.info("%s: %d examples", name, len(built[name]))
    (folder / "examples.pickle").write_bytes(pickle.dumps(built))


def train_run(options: Options) -> None:
    """Fit the members that are not there yet, as many at once as there are threads."""
    config, folder = _open(options)
    missing = [n for n in range(config.members) if not _member_path(folder, n).exists()]
    until = time.monotonic() + options.minutes * 60 if options.minutes else None
    with ProcessPoolExecutor(options.threads, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_fit_member, config, folder, number) for number in missing]
        for number, job in zip(missing, jobs, strict=True):
            if until is not None and time.monotonic() > until and job.cancel():
                log.info("time is up: run again to go on with member %d", number)
                continue
            job.result()
            log.info("member %d is trained", number)


def _fit_member(config: Config, folder: Path, number: int) -> None:
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    network = fit(_examples(folder)["train"], config.shape, config.fit, config.seed + number)
    torch.save(network.state_dict(), _member_path(folder, number))


def _member_path(folder: Path, number: int) -> Path:
    return folder / f"member-{number}.pt"


def evaluate_run(options: Options) -> None:
    """Score the members, voting, on the test sets; print the tables and keep them with the run."""
    torch.set_num_threads(options.threads)
    config, folder = _open(options)
    built = _examples(folder)
    references = _references(example.article for found in built.values() for example in found)
    members = [member_of(network) for network in _networks(config, folder)]
    parts = [f"ROUGE: {signature()}"]
    for name, examples in built.items():
        if name != "train":
            lines = list(table(list(judge(examples, members, references))))
            parts += [f"## {name}", markdown(lines)]
    text = "\n\n".join(parts)
    (folder / "evaluation.md").write_text(text + "\n", "utf-8")
    print(text)


def validate_run(options: Options) -> None:
    """Cross-validate on the translated articles: what to choose settings by."""
    config, folder = _open(options)
    jobs = [(config, folder, fold) for fold in range(config.folds)]
    with ProcessPoolExecutor(options.threads, mp_context=get_context("spawn")) as pool:
        judged = [one for found in pool.map(_judged_fold, jobs) for one in found]
    text = markdown(list(table(judged)))
    (folder / "validation.md").write_text(text + "\n", "utf-8")
    print(text)


def _judged_fold(job: tuple[Config, Path, int]) -> list[Judged]:
    """Train on all folds but one, judge that one."""
    config, folder, fold = job
    torch.set_num_threads(1)
    examples = _examples(folder)["train"]
    references = _references(example.article for example in examples)
    groups = sorted({e.article.group for e in examples if e.article.translation})
    fold_of = {group: number % config.folds for number, group in enumerate(groups)}
    inside = [e for e in examples if fold_of.get(e.article.group) != fold]
    outside = [e for e in examples if fold_of.get(e.article.group) == fold]
    networks = [
        fit(inside, config.shape, config.fit, config.seed + number)
        for number in range(config.fold_members)
    ]
    return list(judge(outside, [member_of(network) for network in networks], references))


def export_run(options: Options) -> None:
    """Write the folder that the service loads."""
    config, folder = _open(options)
    publish(_networks(config, folder), options.models / config.name)


def _open(options: Options) -> tuple[Config, Path]:
    config = settings.load(options.config)
    return config, options.runs / config.name


def _examples(folder: Path) -> Mapping[str, Sequence[Example]]:
    # Our own file, written by ``prepare`` into the run's folder.
    found: Mapping[str, Sequence[Example]] = pickle.loads((folder / "examples.pickle").read_bytes())
    return found


def _networks(config: Config, folder: Path) -> list[PointerNetwork]:
    networks = []
    for number in range(config.members):
        network = PointerNetwork(config.shape.width, config.shape.rank, config.shape.dropout)
        state = torch.load(_member_path(folder, number), weights_only=True)
        network.load_state_dict(state)
        networks.append(network.eval())
    return networks


def _references(
    articles: Iterator[Reference],
) -> dict[tuple[str, Language], Mapping[Length, str]]:
    return {(article.group, article.language): article.summaries for article in articles}


COMMANDS: dict[str, Command] = {
    "prepare": prepare_run,
    "train": train_run,
    "validate": validate_run,
    "evaluate": evaluate_run,
    "export": export_run,
}
