"""The real output in README.md, and the golden Digest of the seed article that tests hold us to.

    python -m bench.readme

Runs the demo and the HTTP call of the README as a newcomer would, writes what they print between
the README's marks, and the Digest's parts that must not change unnoticed to tests/golden/seed.json.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import requests

from tests.server import server

ROOT = Path(__file__).resolve().parent.parent
README, GOLDEN, SEED = (
    ROOT / "README.md",
    ROOT / "tests/golden/seed.json",
    "seeds/seed-article.ar.txt",
)


def demo(folder: Path) -> str:
    """What ``make demo`` prints on stdout, over an empty data folder."""
    return subprocess.run(
        [sys.executable, "-m", "service", "summarize", SEED],
        env={"KHULASA_DATA_DIR": str(folder), "PATH": "/usr/bin:/bin"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip("\n")


def digest(folder: Path) -> dict[str, Any]:
    """The Digest that POST /v1/articles answers."""
    with server(folder) as running:
        text = (ROOT / SEED).read_text("utf-8")
        response = requests.post(f"{running.url}/v1/articles", json={"text": text}, timeout=120)
        answer: dict[str, Any] = response.json()
    return answer


def golden(answer: dict[str, Any]) -> dict[str, Any]:
    """What the same signature must answer again, byte for byte."""
    kept = ("signature", "id", "source_credit", "dropped", "translation", "summaries", "flags")
    return {name: answer[name] for name in kept}


def excerpt(answer: dict[str, Any]) -> str:
    """The Digest cut down to what a reader of the README can take in."""
    short = dict(answer["summaries"]["ar"]["short"], sentences="…")
    short["text"] = short["text"][:60] + "…"
    shown = {
        "id": answer["id"][:12] + "…",
        "language": answer["language"],
        "source_credit": answer["source_credit"],
        "dropped": [
            {"reason": each["reason"], "text": each["text"][:40]} for each in answer["dropped"]
        ],
        "summaries": {
            "ar": {"short": {**short, "text": short["text"][:60] + "…", "sentences": "…"}}
        },
        "flags": [
            {"code": each["code"], "severity": each["severity"], "where": each["where"]}
            for each in answer["flags"][:3]
        ],
        "signature": answer["signature"],
        "cached": answer["cached"],
    }
    return json.dumps(shown, ensure_ascii=False, indent=1)


def put(readme: str, name: str, kind: str, text: str) -> str:
    """The README with ``text`` between the marks of ``name``."""
    block = f"<!-- {name} -->\n```{kind}\n{text}\n```\n<!-- /{name} -->"
    return re.sub(f"<!-- {name} -->.*?<!-- /{name} -->", lambda _: block, readme, flags=re.S)


def main() -> None:
    """Write both files."""
    with tempfile.TemporaryDirectory() as folder:
        printed = demo(Path(folder) / "cli")
        answer = digest(Path(folder) / "http")
    readme = put(README.read_text("utf-8"), "demo", "text", printed)
    README.write_text(put(readme, "curl", "json", excerpt(answer)), "utf-8")
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(golden(answer), ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
