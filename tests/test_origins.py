import pytest

from service.errors import ConfigurationError
from service.origins import read_origin
from service.settings import Settings


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://cms.example", "https://cms.example"),
        ("https://CMS.Example:443", "https://cms.example"),
        ("http://cms.example:80", "http://cms.example"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:5173", "http://[::1]:5173"),
        ("https://خلاصة.example", "https://xn--mgben3a3e.example"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(given, origin):
    assert read_origin(given) == origin


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "https://*",
        "https://*.example",
        "null",
        "cms.example",
        "https://cms.example/",
        "https://cms.example/page",
        "https://cms.example?x",
        "https://user@cms.example",
        "https://cms.example:port",
        "ftp://cms.example",
        "https://",
        "خلاصة.example",
    ],
)
def test_anything_else_stops_the_start_and_is_named(given):
    with pytest.raises(ConfigurationError, match="KHULASA_CORS_ORIGINS") as caught:
        Settings.from_env({"KHULASA_CORS_ORIGINS": f"https://good.example, {given}"})
    assert repr(given) in str(caught.value)


def test_origins_are_listed_by_comma():
    listed = Settings(cors_origins="https://one.example, http://two.example:8080 ,")
    assert listed.cors_allowed == {"https://one.example", "http://two.example:8080"}
    assert Settings().cors_allowed == frozenset()
