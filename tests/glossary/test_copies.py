import pytest

from service.glossary import Glossary, Term
from service.glossary.copies import recopied

STARLINK = Term("ستارلينك", "Starlink", "organisation")
SPACEX = Term("سبيس إكس", "SpaceX", "organisation")
DESK = Glossary.of([STARLINK, SPACEX])


@pytest.mark.parametrize(
    ("term", "language", "target", "expected"),
    [
        (STARLINK, "en", "It sold Salink to Kyiv.", "It sold Starlink to Kyiv."),
        (STARLINK, "en", "Stalink's dishes left.", "Starlink's dishes left."),
        (SPACEX, "en", 'However, "Spax" said so.', 'However, "SpaceX" said so.'),
        (SPACEX, "en", "a project of spaceX", "a project of SpaceX"),
        (STARLINK, "ar", "باعت ستاركلين إلى كييف.", "باعت ستارلينك إلى كييف."),
        (SPACEX, "ar", "وقيدت سبيسكس الخدمة.", "وقيدت سبيس إكس الخدمة."),
        (SPACEX, "ar", "وقيدت سبيس كس الخدمة.", "وقيدت سبيس إكس الخدمة."),
        (STARLINK, "ar", "إلى كييف وستاركلين.", "إلى كييف وستارلينك."),
    ],
)
def test_a_bad_copy_is_put_right(term, language, target, expected):
    assert recopied(DESK, target, term, language) == expected


@pytest.mark.parametrize(
    ("term", "language", "target"),
    [
        (STARLINK, "en", "It sold the service to Kyiv."),
        (STARLINK, "ar", "باعت الخدمة إلى كييف."),
        (STARLINK, "en", "The start was linked to it."),  # ordinary words
        (STARLINK, "en", "Stalink and Starlnk said so."),  # which of the two?
        (STARLINK, "ar", "قالت ستارلنك وستارينك ذلك."),
        (Term("مصر", "Egypt", "country"), "ar", "قال مصدر إن البلاد ستتحرك."),
        (Term("إيران", "Iran", "country"), "ar", "أخمدت البلاد النيران."),
        (Term("حماس", "Hamas", "organisation"), "ar", "قالت الصحيفة ذلك في حين."),
        (Term("ستارلين", "Starlind", "person"), "en", "Starlink said so."),  # another term
        (Term("ستارلين", "Starlind", "person"), "ar", "قالت ستارلينك ذلك."),
    ],
)
def test_what_is_no_copy_for_certain_is_left(term, language, target):
    assert recopied(DESK, target, term, language) is None
