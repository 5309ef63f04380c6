import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.text.bidi import FSI, PDI, isolate


@pytest.mark.parametrize(
    ("text", "isolated", "language"),
    [
        ("قالت SpaceX إن العقد كبير", "قالت ⟨SpaceX⟩ إن العقد كبير", "ar"),
        ("أعلنت Wall Street Journal. ثم", "أعلنت ⟨Wall Street Journal⟩. ثم", "ar"),
        ("The word خلاصة means gist", "The word ⟨خلاصة⟩ means gist", "en"),
        ("كلام عربي وحده، 15000 محطة", "كلام عربي وحده، 15000 محطة", "ar"),
        ("Plain English, 1.8bn", "Plain English, 1.8bn", "en"),
    ],
)
def test_what_runs_the_other_way_is_isolated(text, isolated, language):
    assert isolate(text, language) == isolated.replace("⟨", FSI).replace("⟩", PDI)


@given(st.text(alphabet="abc سلام123.,:-$ \n", max_size=60), st.sampled_from(["ar", "en"]))
def test_isolation_changes_nothing_but_the_isolates_and_balances_them(text, language):
    isolated = isolate(text, language)
    assert isolated.replace(FSI, "").replace(PDI, "") == text
    assert isolated.count(FSI) == isolated.count(PDI)
