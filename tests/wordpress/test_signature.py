"""The plugin's check of signatures, without WordPress, against the service's own signing."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from service.jobs import signing
from tests.services import absent

PATH = Path("integrations/wordpress/khulasa/includes/class-signature.php").resolve()
SECRET = "whsec_" + "QUJD" * 11
NOW = 1_700_000_000


def verify(cases, folder):
    """What the plugin says of each case: secret, id, timestamp, body, signature."""
    if shutil.which("php") is None:
        absent("php is not installed")
    path = folder / "cases.json"
    path.write_text(json.dumps(cases), "utf-8")
    code = (
        f"define( 'ABSPATH', '/' ); require '{PATH}';"
        f"foreach ( json_decode( file_get_contents( '{path}' ), true ) as $c )"
        f" echo Khulasa\\Signature::verify( $c[0], $c[1], $c[2], $c[3], $c[4], {NOW} ) ? 1 : 0;"
    )
    done = subprocess.run(["php", "-r", code], capture_output=True, text=True, check=True)
    return [mark == "1" for mark in done.stdout]


def signed(message_id, at, body, secret=SECRET):
    headers = signing.headers(signing.read_secret(secret), message_id, at, body.encode())
    return [secret, message_id, str(at), body, headers["webhook-signature"]]


@pytest.mark.wordpress
def test_right_ones_pass_and_every_change_is_noticed(tmp_path):
    body = '{"type":"job.done","data":{"job_id":"خلاصة"}}'
    good = signed("m1", NOW - 10, body)
    right = [
        good,
        signed("m1", NOW + 299, body),
        [*good[:4], "v1,AAAA " + good[4]],
        [*good[:4], good[4] + " v2,other"],
    ]
    wrong = [
        signed("m1", NOW - 301, body),
        signed("m1", NOW + 301, body),
        ["whsec_" + "QUJE" * 11, *good[1:]],
        [SECRET, "m2", *good[2:]],
        [*good[:2], str(NOW - 11), *good[3:]],
        [*good[:3], body + " ", good[4]],
        [*good[:4], ""],
        [*good[:4], good[4].removeprefix("v1,")],
        ["", *good[1:]],
        ["whsec_", *good[1:]],
        ["whsec_!!", *good[1:]],
        [*good[:2], "yesterday", *good[3:]],
        [*good[:2], "", *good[3:]],
    ]
    assert verify(right + wrong, tmp_path) == [True] * len(right) + [False] * len(wrong)
