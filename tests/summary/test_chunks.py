from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.summary.chunks import cut

words = st.text(alphabet="abcابتث", min_size=1, max_size=30)
sentences = st.lists(st.lists(words, min_size=1, max_size=40).map(" ".join), max_size=30)


def letters(text: str) -> int:
    """A cost that adds up: letters, and one for the end, as tokenizers have it."""
    return len(text.replace(" ", "")) + 1


@given(sentences, st.integers(1, 6), st.integers(2, 200))
def test_nothing_is_lost_and_every_stretch_fits(
    text: list[str], passages: int, budget: int
) -> None:
    stretches = cut(text, passages, budget, letters)
    assert "".join("".join(stretches).split()) == "".join("".join(text).split())
    assert all(letters(stretch) <= budget for stretch in stretches)


def test_sentences_stay_whole_where_they_fit() -> None:
    text = [f"جملة رقم {i} في المقال." for i in range(40)]
    stretches = cut(text, 1, 100, letters)
    assert [s for stretch in stretches for s in stretch.split(" ") if s.endswith(".")] == [
        "المقال."
    ] * 40
    assert all(stretch.startswith("جملة") and stretch.endswith(".") for stretch in stretches)


def test_passages_are_about_equally_long() -> None:
    text = [f"Sentence number {i:02d} of the article." for i in range(20)]
    stretches = cut(text, 5, 10_000, letters)
    assert [stretch.count("Sentence") for stretch in stretches] == [4, 4, 4, 4, 4]


def test_a_short_text_is_not_cut_to_single_sentences() -> None:
    assert len(cut(["One.", "Two.", "Three.", "Four."], 5, 100, letters)) == 2
    assert cut(["One."], 5, 100, letters) == ["One."]
    assert cut([], 5, 100, letters) == []


def test_the_work_is_linear_in_the_text() -> None:
    def spent(number: int) -> int:
        seen = 0

        def counting(text: str) -> int:
            nonlocal seen
            seen += len(text)
            return letters(text)

        cut(["word " * 19 + "end."] * number, 1, 1000, counting)
        return seen

    assert spent(4000) < 4.2 * spent(1000)
