import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import ConfigurationError
from service.jobs import check, open_jobs
from service.jobs.signing import headers, read_secret
from service.settings import Settings

# The worked example of the Standard Webhooks specification.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'


def test_the_specifications_own_example():
    signed = headers(read_secret(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY)
    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signed["webhook-timestamp"] == "1614265330"


@given(st.binary(max_size=100), st.binary(max_size=100), st.integers(0, 2**33))
def test_another_body_or_moment_has_another_signature(one, other, moment):
    def sign(body, at):
        return headers(read_secret(SECRET), "msg", at, body)["webhook-signature"]

    assert (sign(one, moment) == sign(other, moment)) == (one == other)
    assert sign(one, moment) != sign(one, moment + 1)


@pytest.mark.parametrize(
    "secret",
    ["", "whsec_", "whsec_!!!", "whsec_" + base64.b64encode(b"short").decode(), SECRET[6:]],
)
def test_a_secret_that_is_none_stops_the_start(secret):
    with pytest.raises(ConfigurationError, match="KHULASA_WEBHOOK_SECRET"):
        read_secret(secret)


def test_a_secret_that_cannot_be_read_is_found_before_the_start_and_opens_no_file(tmp_path):
    settings = Settings(data_dir=tmp_path, webhook_secret="whsec_short")
    for begin in (check, lambda settings: open_jobs(settings, lambda _order, _run: "")):
        with pytest.raises(ConfigurationError, match="KHULASA_WEBHOOK_SECRET"):
            begin(settings)
    assert not (tmp_path / "jobs").exists()
