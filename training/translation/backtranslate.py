"""Adds machine-translated news to a run: real target sentences, sources by the reverse model.

The target side, which the model learns to write, is what journalists wrote; only the source is
machine-made: the likeliest wording, or one that is sampled (``sampling_topk``). A pair whose years
and other long figures differ is left out: it would teach to write other figures than are read.
"""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from service.domain import Language
from service.pipeline.segment import split
from training.translation import corpus, prepare, text
from training.translation.config import Source, TranslationConfig
from training.translation.corpus import Pair
from training.translation.dataset import Dataset
from training.translation.engine import Decoding, Engine

log = logging.getLogger(__name__)
ORIGIN = "backtranslated"
_NEWS = {
    "ar": ("news/ar_headlines.jsonl.xz", "news/ar_bbc2018_abstract.jsonl.xz"),
    "en": ("news/en_headlines.jsonl.xz", "news/bbc_news_summary.jsonl.xz"),
}
_WORDS = range(6, 50)
_CHUNK = 512


def sentences(root: Path, language: Language) -> Iterator[str]:
    """Yield news sentences of ordinary length, each once, articles in the corpus's order."""
    seen: set[str] = set()
    for name in _NEWS[language]:
        for line in corpus.open_lines(root / name):
            for each in split(text.clean(json.loads(line)["text"]), language):
                sentence = each.text
                fit = len(sentence.split()) in _WORDS and text.share(sentence, language) >= 0.9
                if fit and sentence not in seen:
                    seen.add(sentence)
                    yield sentence


def pair_up(
    targets: Iterable[str], made: Iterable[str], config: TranslationConfig
) -> Iterator[Pair]:
    """Yield the pairs whose machine-made source passes the filters that human text passes."""
    rules = Source(ORIGIN, (), 1.0, min_words=4)
    for target, source in zip(targets, made, strict=True):
        sides = {config.target: target, config.source: text.clean(source)}
        pair = Pair(sides["ar"], sides["en"], ORIGIN)
        same = text.figures(pair.ar) == text.figures(pair.en)
        if same and corpus.refusal(pair, rules) is None and not loops(source):
            yield pair


def loops(sentence: str) -> bool:
    """Say whether a sentence repeats itself: some three words come three times."""
    grams = list(text.ngrams(sentence, 3))
    return len(grams) - len(set(grams)) >= 2


def run(config: TranslationConfig, root: Path, folder: Path, reverse: Path) -> int:
    """Translate news with the reverse checkpoint; write train.npz anew with it; return the count.

    Sentences that share words with an evaluation text are left out, as everywhere. Running it
    again replaces the pairs of the time before.
    """
    overlap = corpus.Overlap(corpus.evaluation_texts(root))
    plan = config.backtranslation
    clean = (sentence for sentence in sentences(root, config.target) if sentence not in overlap)
    targets = list(itertools.islice(clean, plan.after, plan.after + plan.sentences))
    engine = Engine(reverse, seed=config.seed)
    decoding = Decoding(beam=1, sampling_topk=plan.sampling_topk, max_length=160)
    pairs: list[Pair] = []
    for start in range(0, len(targets), _CHUNK):
        chunk = targets[start : start + _CHUNK]
        pairs.extend(pair_up(chunk, engine.translate(chunk, decoding), config))
        log.info("%d of %d sentences, %d pairs kept", start + len(chunk), len(targets), len(pairs))
    added = prepare.encode(pairs, config, folder / "tokenizer", config.train.max_length)
    own = Dataset.load(folder / "train.npz").without(ORIGIN)
    own.joined(added).save(folder / "train.npz")
    return len(added)
