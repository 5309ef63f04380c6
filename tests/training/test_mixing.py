from __future__ import annotations

import random

import pytest

from training.translation.corpus import Pair
from training.translation.mixing import ORIGIN, Names, invented, mixed

ROWS = [("سوريا", "Syria"), ("إيلون", "Elon"), ("ماسك", "Musk"), ("دمشق", "Damascus")]
DICTIONARY = [Pair(arabic, english, "names") for arabic, english in ROWS]


def texts(source: str, pair: tuple[str, str]) -> tuple[str, str]:
    return pair if source == "ar" else (pair[1], pair[0])


@pytest.fixture(params=["ar", "en"])
def source(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def names(source: str) -> Names:
    return Names(texts(source, row) for row in ROWS)


def test_names_are_found_with_what_is_written_onto_them_left_out(source: str) -> None:
    left, right = texts(source, ("وصل إلى سوريا وماسك معه.", "He and Musk came to Syria."))
    found = names(source).find(left, right)
    spelled = {(left[slice(*name.source)], right[slice(*name.target)]) for name in found}
    assert spelled == {texts(source, ("سوريا", "Syria")), texts(source, ("ماسك", "Musk"))}


def test_first_and_last_name_are_one(source: str) -> None:
    left, right = texts(source, ("قال إيلون ماسك ذلك", "Elon Musk said so"))
    (name,) = names(source).find(left, right)
    assert left[slice(*name.source)] == texts(source, ("إيلون ماسك", "Elon Musk"))[0]


def test_an_english_word_without_a_capital_is_no_name(source: str) -> None:
    left, right = texts(source, ("رائحة ماسك", "the smell of musk"))
    assert not names(source).find(left, right)


def test_a_mixed_pair_has_the_same_name_on_both_sides(source: str) -> None:
    target = "en" if source == "ar" else "ar"
    prose = Pair("زار الوفد دمشق أمس.", "The delegation visited Damascus.", "authored")
    found = list(mixed([*DICTIONARY, *[prose] * 20], source, target, seed=5))
    assert [pair.origin for pair in found] == [ORIGIN] * 20
    around = {"ar": ("زار الوفد ", " أمس."), "en": ("The delegation visited ", ".")}
    shown = set()
    for pair in found:
        names = {
            language: pair.side(language).removeprefix(start).removesuffix(end)
            for language, (start, end) in around.items()
        }
        assert names["ar"] == names["en"]
        assert names[source] not in prose.side(source)
        shown.add(names[target])
    assert {"ar": "دمشق", "en": "Damascus"}[target] in shown  # half of them real,
    assert len(shown) > 3  # half invented


def test_other_origins_and_nameless_pairs_give_nothing(source: str) -> None:
    target = "en" if source == "ar" else "ar"
    pairs = [
        *DICTIONARY,
        Pair("زار دمشق.", "He visited Damascus.", "scripture"),
        Pair("زار العاصمة.", "He visited the capital.", "authored"),
    ]
    assert not list(mixed(pairs, source, target, seed=5))


def test_the_same_seed_gives_the_same_pairs(source: str) -> None:
    target = "en" if source == "ar" else "ar"
    prose = [
        Pair(f"زار دمشق {n} مرات.", f"He visited Damascus {n} times.", "articles")
        for n in range(3, 9)
    ]
    once, again, other = (
        list(mixed([*DICTIONARY, *prose], source, target, seed)) for seed in (1, 1, 2)
    )
    assert once == again
    assert once != other


@pytest.mark.parametrize("spellings", [("سوريا", "لبنان"), ("Syria", "Lebanon")], ids=["ar", "en"])
def test_invented_names_are_made_of_the_spellings(spellings: tuple[str, str]) -> None:
    chance = random.Random(3)
    made = {invented(spellings, 2, chance) for _ in range(200)}
    plain = {f"{one} {two}" for one in spellings for two in spellings}
    assert plain <= made
    if spellings[0].isascii():
        assert {"SYR", "SyriaLebanon"} <= made
        assert any(name[-1].isdigit() for name in made)
    else:
        assert made == plain
