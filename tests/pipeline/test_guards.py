import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import flags
from service.pipeline.guards import findings, loop

AR = "قال المتحدث باسم الحكومة إن المفاوضات ستستأنف في جنيف يوم الاثنين المقبل."
EN = "The government spokesman said the negotiations will resume in Geneva next Monday."


def codes(source, target, language):
    return [finding.code for finding in findings(source, target, language)]


def test_a_good_translation_is_left_alone_in_both_directions():
    assert codes(AR, EN, "ar") == []
    assert codes(EN, AR, "en") == []


@pytest.mark.parametrize(
    ("source", "target", "language", "code"),
    [
        (AR, EN[:-1] + " will resume will resume will resume.", "ar", "repetition"),
        (EN, AR[:-1] + " في جنيف يوم في جنيف يوم.", "en", "repetition"),
        (AR, "He spoke.", "ar", "length_ratio"),
        (EN, "تحدث.", "en", "length_ratio"),
        (AR, "The spokesman for الحكومة said negotiations will resume in Geneva.", "ar",
         "untranslated"),
        (EN, "قال المتحدث باسم الحكومة إن negotiations ستستأنف في جنيف الاثنين.", "en",
         "untranslated"),
        (EN, EN, "en", "untranslated"),
        (AR, EN[:-1], "ar", "final_punctuation"),
        (EN, AR[:-1], "en", "final_punctuation"),
    ],
)  # fmt: skip
def test_each_fault_is_found(source, target, language, code):
    assert code in codes(source, target, language)


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("هذا مهم جدا جدا لنا جميعا اليوم.", "This is very, very important to us all today.", "ar"),
        ("لا لا لا، قال الرجل وهو يضحك.", "No, no, no, the man said, laughing.", "ar"),
        ("Apple shows the new iPhone on CNN.", "أبل تعرض هاتف iPhone الجديد على CNN.", "en"),
        ("وزير الخارجية يصل إلى بغداد", "Foreign minister arrives in Baghdad", "ar"),
        ("«نعم».", '"Yes."', "ar"),
        ("Apply at www.uod.edu.sa from Sunday.", "التقديم على www.uod.edu.sa من الأحد.", "en"),
        ("لا لا لا لا أريد ذلك.", "No, no, no, no, I do not want that.", "ar"),
    ],
)
def test_what_people_write_is_no_fault(source, target, language):
    assert codes(source, target, language) == []


def test_the_quoted_words_are_those_that_repeat():
    (finding,) = findings(AR, EN[:-1] + " next Monday next Monday next Monday.", "ar")
    assert finding.target == "next monday"


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["ar", "en"]))
def test_every_finding_has_its_wording(source, target, language):
    for finding in findings(source, target, language):
        assert finding.code in flags.catalogue()


@given(st.lists(st.sampled_from("abcd"), min_size=3, max_size=5, unique=True), st.integers(2, 4))
def test_a_phrase_that_follows_on_itself_is_a_loop(phrase, times):
    assert loop(["x", *phrase * times, "y"]) is not None


@given(st.lists(st.integers(), unique=True, max_size=40))
def test_words_that_never_recur_are_no_loop(words):
    assert loop([str(word) for word in words]) is None
