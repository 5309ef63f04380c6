"""Where the embedded models should cut a long sentence: chrF and BLEU by ``clause_tokens``.

    python -m bench.clauses [--corpus ../shared/corpus] [--limits 16 24 32 40 64 96]

The sentences of FLORES (the development set) that are longer than the smallest limit are translated
as the service translates them, whole or cut at their clauses, and compared with their reference.
Every limit sees the same sentences.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import sacrebleu

from service.domain import Language, other
from service.engines.adapters import ModelTranslator
from service.engines.ct2 import Ct2Model
from service.pipeline.run import Run
from service.pipeline.translate import translate_texts

MODELS = Path(__file__).resolve().parent.parent / "models"


def pairs(corpus: Path, source: Language) -> list[tuple[str, str]]:
    """Sentences in that language with their reference, in the corpus's order."""
    lines = (corpus / "eval" / "flores_dev533.ar-en.tsv").read_text("utf-8").splitlines()
    arabic_first = [tuple(line.split("\t")) for line in lines]
    return [(ar, en) if source == "ar" else (en, ar) for ar, en in arabic_first]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--limits", type=int, nargs="+", default=[16, 24, 32, 40, 64, 96])
    options = parser.parse_args()
    for source in ("ar", "en"):
        target = other(source)
        model = Ct2Model(MODELS / f"translation-{source}-{target}")
        counted = ModelTranslator(model)
        long = [
            pair
            for pair in pairs(options.corpus, source)
            if counted.count_tokens(pair[0], source) > min(options.limits)
        ]
        sentences, references = [list(side) for side in zip(*long, strict=True)]
        for limit in options.limits:
            translator = ModelTranslator(model, limit)
            made = translate_texts(sentences, source, target, translator, Run())
            texts = [found.text for found in made]
            chrf = sacrebleu.corpus_chrf(texts, [references]).score
            bleu = sacrebleu.corpus_bleu(texts, [references]).score
            told = f"chrF {chrf:.2f}, BLEU {bleu:.2f} ({len(long)} sentences)"
            print(f"{source}→{target} clause_tokens {limit:>2}: {told}")


if __name__ == "__main__":
    main()
