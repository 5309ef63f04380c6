"""What cannot be served is told in one line before anything listens."""

import os
import subprocess
import sys

import pytest


def serve(**settings):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KHULASA_")}
    given = {f"KHULASA_{name}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "service", "serve"],
        env={**kept, **given},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("RATE_LIMIT", "600/minut"), ("CACHE_URL", "redis://h:abc/0"), ("DATA_DIR", __file__)],
)
def test_a_setting_that_cannot_be_used_ends_with_2_and_is_named(tmp_path, name, value):
    ended = serve(**{"DATA_DIR": str(tmp_path), name: value})
    assert ended.returncode == 2
    assert f"KHULASA_{name}" in ended.stderr
    assert "Traceback" not in ended.stderr and "Listening" not in ended.stderr
