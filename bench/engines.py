"""How fast the default engine translates, against Hugging Face and against bare CTranslate2.

    python -m bench.engines [--sentences 96] [--threads 2] [--rounds 3]

One opus-mt-sized Marian (77 M parameters, 6+6 layers, 58,101 tokens) is made with random weights,
and three ways translate the sentences of the sample articles with it at beam 4:

    transformers   MarianMTModel.generate in float32, sorted and padded batches
    ctranslate2    one translate_batch call for everything, int8
    service        eight requests at once through BatchingTranslator, int8

Random weights seldom end a sentence, so every output is held to the same number of tokens. The
three take turns for some rounds and the medians are compared; beside the seconds by the clock
stand those of the processor, which other work on the machine disturbs less. Needs
requirements-models.txt.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.engines.adapters import ModelTranslator
from service.engines.batching import BATCH_TOKENS, batches
from service.engines.convert import convert
from service.engines.ct2 import Ct2Model, Hardware
from service.engines.protocol import Decoding
from service.engines.sharing import BatchingTranslator
from service.pipeline.segment import split
from tests.engines import checkpoints

SAMPLES = Path(__file__).resolve().parent.parent / "seeds" / "samples.jsonl"
OPUS = {
    "d_model": 512, "encoder_layers": 6, "decoder_layers": 6, "encoder_attention_heads": 8,
    "decoder_attention_heads": 8, "encoder_ffn_dim": 2048, "decoder_ffn_dim": 2048,
    "init_std": 0.02,
}  # fmt: skip
REQUESTS = 8
DECODING = Decoding(beam_size=4, min_tokens=32, max_tokens=32)


@dataclass(frozen=True)
class Way:
    """One way to translate all the sentences."""

    name: str
    run: Callable[[Sequence[str]], None]


def sample_sentences(language: str) -> list[str]:
    """Every sentence of the sample articles' own text in that language."""
    articles = (json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines())
    texts = [a["clean_text"] for a in articles if a["lang"] == language]
    return [s.text for text in texts for s in split(text, "ar" if language == "ar" else "en")]


def make_checkpoint(folder: Path) -> Path:
    return checkpoints.marian(
        folder, texts=(sample_sentences("en"), sample_sentences("ar")), pieces=4000,
        vocabulary_size=58_101, **OPUS,
    )  # fmt: skip


def transformers_way(checkpoint: Path, threads: int) -> Way:
    import torch
    import transformers

    torch.set_num_threads(threads)
    tokenizer: Any = transformers.AutoTokenizer.from_pretrained(checkpoint)
    model: Any = transformers.AutoModelForSeq2SeqLM.from_pretrained(checkpoint).eval()
    length = {"min_new_tokens": DECODING.min_tokens, "max_new_tokens": DECODING.max_tokens}
    model.generation_config.max_length = None

    def run(sentences: Sequence[str]) -> None:
        lengths = [len(tokenizer(sentence).input_ids) for sentence in sentences]
        for batch in batches(lengths, BATCH_TOKENS):
            inputs = tokenizer([sentences[i] for i in batch], return_tensors="pt", padding=True)
            with torch.inference_mode():
                output = model.generate(**inputs, num_beams=DECODING.beam_size, **length)
            tokenizer.batch_decode(output, skip_special_tokens=True)

    return Way("transformers", run)


def ctranslate2_way(folder: Path, threads: int) -> Way:
    import ctranslate2

    codec = Ct2Model(folder, hardware=Hardware(intra_threads=threads)).codec
    translator = ctranslate2.Translator(str(folder), compute_type="int8", intra_threads=threads)

    def run(sentences: Sequence[str]) -> None:
        results = translator.translate_batch(
            [codec.encode(sentence) for sentence in sentences],
            max_batch_size=BATCH_TOKENS, batch_type="tokens", beam_size=DECODING.beam_size,
            min_decoding_length=DECODING.min_tokens, max_decoding_length=DECODING.max_tokens,
        )  # fmt: skip
        for result in results:
            codec.decode(result.hypotheses[0])

    return Way("ctranslate2", run)


def service_way(folder: Path, threads: int) -> Way:
    model = Ct2Model(folder, hardware=Hardware(intra_threads=threads))
    translator = BatchingTranslator(ModelTranslator(model))

    def run(sentences: Sequence[str]) -> None:
        requests = [
            threading.Thread(
                target=translator.translate, args=(sentences[k::REQUESTS], "en", "ar", DECODING)
            )
            for k in range(REQUESTS)
        ]
        for request in requests:
            request.start()
        for request in requests:
            request.join()

    return Way("service", run)


@dataclass(frozen=True)
class Spent:
    """Median seconds of a way, by the clock and of all its threads' processor time."""

    clock: float
    processor: float


def measure(ways: Sequence[Way], sentences: Sequence[str], rounds: int) -> dict[str, Spent]:
    """What each way takes, over rounds in which they take turns."""
    clock: dict[str, list[float]] = {way.name: [] for way in ways}
    processor: dict[str, list[float]] = {way.name: [] for way in ways}
    for way in ways:
        way.run(sentences[:4])
    for _ in range(rounds):
        for way in ways:
            start, cpu = time.perf_counter(), time.process_time()
            way.run(sentences)
            clock[way.name].append(time.perf_counter() - start)
            processor[way.name].append(time.process_time() - cpu)
    return {
        way.name: Spent(statistics.median(clock[way.name]), statistics.median(processor[way.name]))
        for way in ways
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=96)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    sentences = sample_sentences("en")[: options.sentences]
    with tempfile.TemporaryDirectory() as scratch:
        checkpoint = make_checkpoint(Path(scratch) / "hub")
        converted = Path(scratch) / "ct2"
        convert(checkpoint, converted, "int8")
        ways = [
            transformers_way(checkpoint, options.threads),
            ctranslate2_way(converted, options.threads),
            service_way(converted, options.threads),
        ]
        spent = measure(ways, sentences, options.rounds)
    print(f"{len(sentences)} sentences, beam 4, 32 tokens each, {options.threads} threads")
    for name, own in spent.items():
        rate = len(sentences) / own.clock
        print(f"  {name:13} {own.clock:7.2f} s ({own.processor:7.2f} s of CPU) {rate:6.1f} /s")
    for name in ("transformers", "ctranslate2"):
        clock = spent[name].clock / spent["service"].clock
        processor = spent[name].processor / spent["service"].processor
        print(f"service / {name:13} {clock:6.2f} by the clock, {processor:6.2f} by the processor")


if __name__ == "__main__":
    main()
