from pathlib import Path

import pytest

from service.errors import ConfigurationError
from service.settings import Settings


def test_the_defaults_hold_where_nothing_is_set():
    settings = Settings.from_env({})
    assert (settings.profile, settings.host, settings.port) == ("embedded", "127.0.0.1", 8000)


def test_variables_are_read_as_what_they_are():
    settings = Settings.from_env(
        {
            "KHULASA_PORT": "9000",
            "KHULASA_SYNC_DEADLINE_S": "1.5",
            "KHULASA_DATA_DIR": "/var/lib/khulasa",
            "KHULASA_PROFILES_DIR": "/etc/khulasa",
            "HOME": "/root",
        }
    )
    assert settings.port == 9000
    assert settings.sync_deadline_s == 1.5
    assert settings.data_dir == Path("/var/lib/khulasa")
    assert settings.profiles_dir == Path("/etc/khulasa")


@pytest.mark.parametrize(
    ("name", "value"), [("KHULASA_PORT", "http"), ("KHULASA_PROT", "8000"), ("KHULASA_PORT", "")]
)
def test_a_wrong_value_or_name_stops_the_start_and_is_named(name, value):
    with pytest.raises(ConfigurationError, match=name):
        Settings.from_env({name: value})
