import pytest

from service.checks.literals import literal_values


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("1,234", "en", (1234,)),
        ("1.234", "en", (1.234,)),
        ("1.234", "ar", (1.234, 1234)),
        ("15.000", "ar", (15000, 15)),
        ("1,234", "ar", (1234, 1.234)),
        ("1,5", "en", (1.5,)),
        ("١٬٢٣٤", "ar", (1234,)),
        ("١٫٥", "ar", (1.5,)),
        ("1,586.46", "en", (1586.46,)),
        ("1.586,46", "ar", (1586.46,)),
        ("1.234.567", "ar", (1234567,)),
        ("15 000", "en", (15000,)),
        ("8ر4", "ar", (4.8,)),
        ("89.\u200f463", "ar", (463.89,)),
        ("11.05.2014", "ar", ()),
        ("2.010.3", "ar", ()),
        (".5", "en", (0.5,)),
    ],
)
def test_what_separators_mean(text, language, values):
    assert literal_values(text, language) == pytest.approx(values)
