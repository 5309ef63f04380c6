"""What an edit costs: one word changed in an article of forty sentences, against the article anew.

python -m bench.reuse
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from service import codec
from service.domain import Article
from service.house import House
from service.pipeline.run import Run
from service.settings import Settings

SAMPLES = Path(__file__).resolve().parent.parent / "seeds" / "samples.jsonl"
SENTENCES = 40


def main() -> None:
    """Print both times and what was reused."""
    texts = [json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        house = House(Settings(data_dir=Path(folder)))
        house.warm_up()
        arabic = " ".join(each["clean_text"] for each in texts if each["lang"] == "ar")
        sentences = house.pipeline().read(Article(text=arabic)).sentences[:SENTENCES]
        article = " ".join(sentence.text for sentence in sentences)
        cold, first = _digest(house, article)
        edited, second = _digest(house, article.replace("في", "داخل", 1))
        same = sum(
            old == new
            for old, new in zip(first.bitext.sentences, second.bitext.sentences, strict=True)
        )
        house.close()
    print(f"cold {cold:.2f} s, edited {edited:.2f} s: {cold / edited:.1f} times as fast")
    print(f"{second.reused_sentences} of {len(sentences)} sentences reused, {same} the same")


def _digest(house: House, text: str) -> tuple[float, codec.Digest]:
    started = time.perf_counter()
    answer = house.digest(Article(text=text), Run())
    return time.perf_counter() - started, codec.decode(answer.stored)


if __name__ == "__main__":
    main()
