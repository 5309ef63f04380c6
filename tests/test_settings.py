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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "99999"),
        ("THREADS", "0"),
        ("WORKING", "0"),
        ("WAITING", "-1"),
        ("INTRA_THREADS", "-1"),
        ("MAX_BODY_BYTES", "0"),
        ("MAX_WORDS", "0"),
        ("JOB_THREADS", "0"),
        ("JOB_QUEUE", "-1"),
        ("CACHE_MAX_BYTES", "-1"),
        ("RECEIVE_TIMEOUT_S", "-1"),
        ("RECEIVE_TIMEOUT_S", "inf"),
        ("SYNC_DEADLINE_S", "nan"),
        ("SYNC_DEADLINE_S", "1e300"),
        ("CACHE_URL", "foo"),
    ],
)
def test_a_value_that_nothing_can_be_done_with_stops_the_start_and_is_named(name, value):
    with pytest.raises(ConfigurationError, match=f"KHULASA_{name}"):
        Settings.from_env({f"KHULASA_{name}": value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "65535"), ("WAITING", "0"), ("SYNC_DEADLINE_S", "0"), ("WORKING", "1")],
)
def test_the_bounds_themselves_are_taken(name, value):
    assert getattr(Settings.from_env({f"KHULASA_{name}": value}), name.lower()) == float(value)


def test_an_empty_folder_is_the_default_one_and_not_wherever_one_stands():
    settings = Settings.from_env({"KHULASA_DATA_DIR": "", "KHULASA_PROFILES_DIR": ""})
    assert settings.data_dir == Settings().data_dir
    assert settings.profiles_dir is None


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1:8000"), ("::1", "[::1]:8000"), ("[::]", "[::]:8000")],
)
def test_an_address_is_written_as_addresses_are(host, address):
    assert Settings(host=host).address == address


def test_hosts_of_webhooks_are_compared_in_small_letters():
    allowed = Settings(webhook_hosts="CMS.internal, أخبار.test").webhook_allowed
    assert allowed == {"cms.internal", "أخبار.test"}
