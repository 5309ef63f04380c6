import pytest

from service.checks.names import latin_names, without_counterpart


def runs(text):
    return [" ".join(name.text for name in run) for run in latin_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks with Mr. Putin are near a deal.", ["Putin"]),
        ("He said Russia's Vladimir Putin agreed.", ["Russia's", "Vladimir Putin"]),
        ("On Monday the Supreme Court in London ruled.", ["London"]),
        ("Yesterday the mayor spoke.", []),
        ("He works for the World Health Organization there.", []),
        ("POLICE SAY TWO PEOPLE WERE HURT", []),
        ("Police Say Two People Were Hurt In London Attack", []),
        ("It was said by Ali in the IMF.", []),
    ],
)
def test_which_words_are_names(text, expected):
    assert runs(text) == expected


def test_a_run_is_known_by_any_of_its_words():
    assert not list(without_counterpart("He met Hassanal Bolkiah there.", "التقى حسن البلقية."))
    (run,) = without_counterpart("He met Hassanal Bolkiah there.", "التقى الوزير هناك.")
    assert [name.text for name in run] == ["Hassanal", "Bolkiah"]


def test_one_latin_word_may_be_two_arabic_ones():
    assert not list(without_counterpart("It runs on Snapdragon chips.", "يعمل بشريحة سناب دراغون."))


def test_places_that_arabic_calls_otherwise():
    assert not list(without_counterpart("A minister from Egypt came.", "جاء وزير من مصر."))
    assert not list(without_counterpart("A Hungarian minister came.", "جاء وزير من المجر."))
    assert list(without_counterpart("A minister from Austria came.", "جاء وزير من المجر."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prime Minister Rishi Sunak said on Monday that it was over.", ["Sunak"]),
        ("The talks were led by US Secretary of State Antony Blinken.", ["Blinken"]),
        (
            "The minister from the north met Saudi Crown Prince Khalid bin Faisal there.",
            ["Khalid Faisal"],
        ),
        ("They came, said the State Department and General Motors there.", []),
        ("The head of King Abdulaziz University said so on Monday.", []),
        ("The shares of Saudi Aramco rose by a third there.", ["Saudi Aramco"]),
    ],
)
def test_a_name_behind_a_title_is_a_name(text, expected):
    assert runs(text) == expected


@pytest.mark.parametrize(
    ("latin", "arabic", "missing"),
    [
        ("Prime Minister Rishi Sunak said so on Monday.", "قال كير ستارمر ذلك.", ["Sunak"]),
        ("Prime Minister Keir Starmer said so on Monday.", "قال كير ستارمر ذلك.", []),
        ("It was said by President Volodymyr Zelensky.", "قاله فلاديمير بوتين.", ["Zelensky"]),
        ("It was said by Minister Mohammad Javad Zarif.", "قاله محمد جواد ظريف.", []),
    ],
)
def test_behind_a_title_the_last_name_is_what_counts(latin, arabic, missing):
    left = [name.text for run in without_counterpart(latin, arabic) for name in run]
    assert left == missing
