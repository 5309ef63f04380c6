from dataclasses import replace

from service.checks import check_bitext, check_summary, misleading
from service.domain import Bitext, Summary, SummarySentence
from tests.builders import bitext, document

PAIRS = [
    ("قُتل 15 شخصاً في الهجوم يوم الجمعة.", "The attack on Friday killed 15 people."),
    ("لم تعلن أي جهة مسؤوليتها.", "No group has claimed responsibility."),
    ("وعدت الحكومة بدفع 20 مليون دولار.", "The government promised to pay $2 million."),
]


def summary(language, *texts):
    return Summary(language, "short", tuple(map(SummarySentence, texts)), "seq2seq")


def codes(flags):
    return [(flag.code, flag.where) for flag in flags]


def test_a_translation_is_checked_sentence_by_sentence():
    text = bitext(PAIRS, title="قتلى في هجوم", title_translation="Three dead in attack")
    assert codes(check_bitext(text)) == [
        ("number_added", "translation.title"),
        ("money_changed", "translation.sentences.2"),
    ]


def test_what_a_wrong_translation_says_supports_no_summary():
    text = bitext(PAIRS)
    flags = check_bitext(text)
    assert misleading(text, flags) == {2}
    assert check_summary(text, summary("en", "The state will pay $20 million.")) == ()
    assert codes(check_summary(text, summary("en", "The state will pay $2 million."))) == [
        ("unsupported_money", "summaries.en.short.0")
    ]


def test_what_stands_in_a_sound_translation_supports_a_summary():
    pairs = [("بعد أسبوعين من الهدنة تجدد القتال.", "Fighting resumed 14 days after the truce.")]
    text = bitext(pairs)
    assert [flag.code for flag in check_bitext(text)] == ["number_added"]
    sound = bitext([*pairs, ("وقع ذلك قبل شهرين.", "That was two months ago.")])
    assert check_summary(sound, summary("en", "It was two months ago.")) == ()


def test_one_name_has_one_spelling():
    text = bitext(
        [
            ("قال زيلينسكي إن الحرب مستمرة.", "The war goes on, said Zelensky."),
            ("وصل زيلينسكي إلى باريس.", "On his way to Paris, Zelenskiy spoke."),
        ]
    )
    (flag,) = check_bitext(text)
    assert (flag.code, flag.where) == ("name_spelling", "translation.sentences.1")
    assert {flag.source, flag.target} == {"Zelensky", "Zelenskiy"}
    again = check_summary(text, summary("en", "The war goes on, said Zelenskyy."))
    assert {flag.code for flag in again} == {"name_spelling"}


def test_two_people_are_not_one_name():
    text = bitext(
        [
            ("التقى محمد العلي محمود العلي.", "In the hall, Mohammed al-Ali met Mahmoud al-Ali."),
            ("قال سوريون إن سوريا تغيرت.", "The country, say Syrians, is not the old Syria."),
        ]
    )
    assert [flag for flag in check_bitext(text) if flag.code == "name_spelling"] == []


def test_a_document_that_was_not_translated_has_its_summary_checked():
    alone = Bitext(document([pair[0] for pair in PAIRS]), "en", None, ())
    assert check_summary(alone, summary("ar", "قُتل 15 شخصاً.")) == ()
    assert [flag.code for flag in check_summary(alone, summary("ar", "قُتل 51 شخصاً."))] == [
        "unsupported_number"
    ]


def test_the_same_article_gives_the_same_flags():
    text = bitext(PAIRS)
    assert check_bitext(text) is check_bitext(replace(text))
