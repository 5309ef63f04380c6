"""Another project's tests, run as they would be: a pytest of its own against a small service."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.evaluation.small_service import KEY, Service, serving

ROOT = Path(__file__).parents[2]
THEIR_TESTS = """
import pytest
from service.errors import RemoteRefused

TEXT = "نص المقال رقم 7."


def test_summary(khulasa):
    answer = khulasa.digest(TEXT, title="عنوان", language="ar")
    assert answer.parts["translation"] == "Article 7."
    assert answer.words("short_ar") == 2
    assert answer.flags() == ["draft_translation", "final_punctuation"]
    assert answer.flags("warning") == ["draft_translation"]
    assert answer.flags("severe") == []
    assert answer.rouge("short_ar", "ملخص 7", "rouge1").f1 == 1


def test_refused(khulasa):
    with pytest.raises(RemoteRefused, match="too_short"):
        khulasa.digest("قصير")


def test_snapshot(khulasa, khulasa_snapshot):
    khulasa_snapshot(khulasa.digest(TEXT), "seven")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "test_theirs.py").write_text(THEIR_TESTS, "utf-8")
    (tmp_path / "key").write_text(KEY, "ascii")
    (tmp_path / "pytest.ini").write_text("[pytest]\nkhulasa_key_file = key\n", "utf-8")
    return tmp_path


def run(project: Path, *options: str) -> tuple[int, str]:
    done = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "-p",
            "service.evaluation.pytest_plugin", *options,
        ],
        cwd=project, capture_output=True, text=True, timeout=240, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_assertions_and_snapshots_on_a_running_service(project):
    made = Service()
    with serving(made) as url:
        code, out = run(project, "--khulasa-url", url)
        assert code == 0, out
        assert "3 passed" in out
        kept = (project / "khulasa-snapshots" / "seven.json").read_text("utf-8")
        assert "ملخص 7" in kept

        made.word = "موجز"
        code, out = run(project, "--khulasa-url", url, "-k", "snapshot")
        assert code == 1
        assert "under the same signature, which promises the same bytes" in out
        assert "-ملخص 7" in out
        assert "+موجز 7" in out

        made.signature = "khulasa|v:next"
        code, out = run(project, "--khulasa-url", url, "-k", "snapshot")
        assert code == 1
        assert "from khulasa|v:test" in out
        assert "to   khulasa|v:next" in out

        code, out = run(project, "--khulasa-url", url, "-k", "snapshot", "--khulasa-update")
        assert code == 0, out
        assert run(project, "--khulasa-url", url, "-k", "snapshot")[0] == 0


def test_without_an_address_the_tests_are_skipped_with_the_reason(project):
    code, out = run(project)
    assert code == 0, out
    assert "3 skipped" in out
    assert "no --khulasa-url" in out
