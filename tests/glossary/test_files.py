import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Malformed
from service.glossary import Glossary, Term, read, starter, write
from service.glossary.terms import KINDS

CELL = st.text(
    st.characters(codec="utf-8", categories=("L", "N"), include_characters="-'. \"،"), min_size=1
).map(lambda text: " ".join(text.split()) or "x")
TERMS = st.builds(
    Term,
    ar=st.sampled_from(["ماسك", "الأمم المتحدة", "«أوبك»"]),
    en=st.sampled_from(["Musk", 'The "Post"', "A, B"]),
    kind=st.sampled_from(KINDS),
    ar_variants=st.lists(st.sampled_from(["ماسك", "إكس"]), max_size=2).map(tuple),
    en_variants=st.lists(st.sampled_from(["Mask", "X"]), max_size=2).map(tuple),
)


@given(st.lists(TERMS, max_size=5), st.sampled_from(["tsv", "csv"]))
def test_what_is_written_is_read_back(terms, kind):
    glossary = Glossary.of(terms)
    again = read(write(glossary, kind), kind)
    assert again.terms == glossary.terms
    assert again.version == glossary.version


@pytest.mark.parametrize(
    "text",
    [
        "ar\ten\nماسك\tMusk\n",
        "\ufeffar,en\r\nماسك,Musk\r\n",
        "en,kind,ar\nMusk,term,ماسك\n\n",
        'ar,en\n"ماسك","Musk"\n',
    ],
)
def test_spreadsheets_write_it_in_many_ways(text):
    assert read(text).terms == (Term("ماسك", "Musk"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "columns"),
        ("ماسك\tMusk\n", "columns"),
        ("ar\ten\tkinds\n", "'kinds'"),
        ("ar\ten\nماسك\t\n", "line 2"),
        ("ar\ten\nماسك\tMusk\textra\n", "line 2"),
        ("ar\ten\tkind\nماسك\tMusk\tbrand\n", "'brand'"),
        ("ar\ten\nماسك\t" + "M" * 140_000 + "\n", "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(text, said):
    with pytest.raises(Malformed, match=said):
        read(text)


def test_the_starter_is_large_enough_and_sourced():
    terms = starter().terms
    assert len(terms) >= 300
    assert all(term.source for term in terms)
    kinds = {term.kind for term in terms}
    assert kinds >= {"country", "place", "organisation", "agency", "person"}
    pairs = [(term.ar, term.en) for term in terms]
    assert len(set(pairs)) == len(pairs)
