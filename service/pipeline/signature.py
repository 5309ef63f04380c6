"""The line that reproduces an answer, after sacreBLEU's: same signature + same input = same bytes.

khulasa:0.1.0|profile:embedded|ar-en:3f2a91c4,ctranslate2,int8|…|checks:3|glossary:starter@0b1c…,1
"""

from __future__ import annotations

from service import __version__, checks, glossary
from service.engines.load import Engines
from service.glossary import Chosen
from service.pipeline import intake
from service.summary.prompts import prompts_hash


def signature(engines: Engines) -> str:
    """Version, profile, each model with its hash and engine, rules, prompts, checks."""
    parts = [
        f"khulasa:{__version__}",
        f"profile:{engines.profile.name}",
        *engines.signature_parts(),
        f"rules:{intake.rules_hash()}",
        f"prompts:{prompts_hash()}",
        f"checks:{checks.VERSION}",
    ]
    return "|".join(parts)


def with_glossary(made_by: str, chosen: Chosen | None) -> str:
    """The signature of an answer in which a glossary was enforced; the same without one."""
    return f"{made_by}|glossary:{chosen.name},{glossary.VERSION}" if chosen else made_by
