"""How each summary is asked for: the files in prompts/, one a model family, read and checked here.

The text around the article and the decoding settings are data, by language and length; what each
key means is told at the top of prompts/bart.toml. Their hash is part of every signature.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from string import Formatter
from typing import Literal, get_args

from service.domain import LANGUAGES, Language
from service.engines.protocol import Decoding
from service.engines.specs import Family
from service.errors import ConfigurationError
from service.settings import ROOT
from service.tables import Table, read_toml

PROMPTS = ROOT / "prompts"

Step = Literal["short", "long", "part"]
STEPS: tuple[Step, ...] = get_args(Step)


@dataclass(frozen=True, slots=True)
class Ask:
    """One way to ask a model for a text.

    Attributes:
        template: holds ``{text}``, and ``{title}`` where the title is to be read too.
        passages: into how many passages an article is cut, each asked by itself.
        decoding: beams, penalties, and how many tokens may be written.
    """

    template: str
    passages: int
    decoding: Decoding

    def prompt(self, text: str, title: str | None) -> str:
        """What the model reads for ``text``."""
        return self.template.format(text=text, title=title or "")

    def decoding_of(self, source_tokens: int) -> Decoding:
        """How to decode the answer about a text of so many tokens.

        A model that is made to write more than half of what it read makes things up.
        """
        least = min(self.decoding.min_tokens or 0, source_tokens // 2)
        return replace(self.decoding, min_tokens=least)


@dataclass(frozen=True, slots=True)
class Prompts:
    """How one family is asked, in the languages that it is asked in."""

    path: Path
    family: Family
    asks: Mapping[tuple[Language, Step], Ask]

    def ask(self, language: Language, step: Step) -> Ask:
        """How to ask for one step.

        Raises:
            ConfigurationError: the family is not asked in that language.
        """
        if (language, step) not in self.asks:
            raise ConfigurationError(
                f"{self.path} has no [{language}.{step}], and a profile has a {self.family} "
                f"summarizer for {language}",
                file=str(self.path),
                key=f"{language}.{step}",
            )
        return self.asks[language, step]


@lru_cache
def load_prompts(folder: Path = PROMPTS) -> Mapping[Family, Prompts]:
    """All families' prompts.

    Raises:
        ConfigurationError: a file or one of its values is wrong; the message names both.
    """
    found = (_read(path) for path in sorted(folder.glob("*.toml")))
    return {prompts.family: prompts for prompts in found}


def prompts_for(family: Family, folder: Path = PROMPTS) -> Prompts:
    """The prompts of one family.

    Raises:
        ConfigurationError: there are none, or they are wrong.
    """
    every = load_prompts(folder)
    if family not in every:
        raise ConfigurationError(f"{folder} has no {family}.toml", file=str(folder), key=family)
    return every[family]


def prompts_hash(folder: Path = PROMPTS) -> str:
    """A short hash over what the prompts say; comments and order do not count."""
    said = {
        f"{family}.{language}.{step}": asdict(ask)
        for family, prompts in load_prompts(folder).items()
        for (language, step), ask in prompts.asks.items()
    }
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return sha256(canonical.encode()).hexdigest()[:8]


def _read(path: Path) -> Prompts:
    table = read_toml(path)
    family: Family = table.choice("family", Family)
    if family != path.stem:
        table.fail("family", f"must be the file's name, {path.stem!r}")
    asks: dict[tuple[Language, Step], Ask] = {}
    for language in LANGUAGES:
        if table.has(language):
            asks |= _language(table.table(language), language)
    table.close()
    return Prompts(path, family, asks)


def _language(table: Table, language: Language) -> dict[tuple[Language, Step], Ask]:
    asks = {(language, step): _ask(table.table(step)) for step in STEPS}
    table.close()
    return asks


def _ask(table: Table) -> Ask:
    ask = Ask(
        template=_template(table),
        passages=table.number("passages", 1, 20),
        decoding=Decoding(
            beam_size=table.number("beams", 1, 16),
            length_penalty=table.number("length_penalty", -5.0, 5.0),
            no_repeat_ngram_size=table.number("no_repeat_ngram", 0, 10),
            min_tokens=table.number("min_tokens", 1, 1000),
            max_tokens=table.number("max_tokens", 1, 1000),
        ),
    )
    if (ask.decoding.min_tokens or 0) > (ask.decoding.max_tokens or 0):
        table.fail("min_tokens", "is more than max_tokens")
    table.close()
    return ask


def _template(table: Table) -> str:
    template = table.text("template")
    try:
        fields = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    except ValueError as error:
        table.fail("template", str(error))
    if fields.count("text") != 1 or set(fields) - {"text", "title"}:
        table.fail("template", "must hold {text} once, may hold {title}, and nothing else in {}")
    return template
