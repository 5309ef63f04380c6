"""``compare`` on the command line: files in, reports out, and exit codes that CI can trust."""

import json
import threading
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from werkzeug.serving import make_server

from service import create_app
from service.access.keys import Keys
from service.cli import build
from service.evaluation.measures import standard
from service.evaluation.sets import read_outputs
from service.settings import PREFIX, Settings
from tests.evaluation.word_vectors import WordVectors

TEXTS = [
    "أعلنت وزارة الصحة خطة لتطعيم 12 ألف طفل. ستبدأ الخطة في يناير المقبل في المحافظات كلها.",
    "فاز المنتخب بهدفين في مباراة أمس. وسجل الهدفين لاعب واحد في الشوط الثاني من اللقاء.",
    "The council approved a budget of 3 million dinars. The mayor said roads would come first.",
    "Rain closed two roads on Monday. The police asked drivers to stay at home until noon.",
]


def lines(path: Path, entries: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entries), "utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path, monkeypatch) -> dict[str, str]:
    """A set, a system that leads, one that writes the reference, and one that fails one."""
    monkeypatch.setenv(PREFIX + "DATA_DIR", str(tmp_path / "data"))
    cheap = partial(standard, vectors=WordVectors())
    monkeypatch.setattr("service.cli.compare.standard", cheap)
    articles, good, poor = [], [], []
    for number, text in enumerate(TEXTS):
        language = "ar" if number < 2 else "en"
        first, second = text.split(". ")
        part = f"short_{language}"
        base = {"id": str(number)}
        articles.append(base | {"lang": language, "text": text, part: first + "."})
        good.append(base | {part: first + ".", "signature": "good|v:1"})
        poor.append(base | {part: second, "signature": "poor|v:1"})
    failing = [*good[:3], {"id": "3", "error": "too_short"}]
    named = {"set": articles, "good": good, "poor": poor, "failing": failing}
    return {name: lines(tmp_path / f"{name}.jsonl", given) for name, given in named.items()}


def compare(files: dict[str, str], a: str, b: str, *options: str) -> Result:
    arguments = ["compare", "--articles", files["set"], "--a", files.get(a, a)]
    return CliRunner().invoke(build(), [*arguments, "--b", files.get(b, b), *options])


def test_a_table_on_stdout_and_progress_on_stderr(files):
    done = compare(files, "poor", "good")
    assert done.exit_code == 0, done.output
    assert "ROUGE-2 *" in done.stdout
    assert "poor.jsonl" in done.stderr
    assert "4/4" in done.stderr
    assert "4/4" not in done.stdout


def test_reports_are_written_where_asked(files, tmp_path):
    json_file, html_file = tmp_path / "out" / "r.json", tmp_path / "out" / "r.html"
    done = compare(files, "poor", "good", "--json", str(json_file), "--html", str(html_file))
    assert done.exit_code == 0, done.output
    body = json.loads(json_file.read_text("utf-8"))
    assert body["b"]["signatures"] == ["good|v:1"]
    assert html_file.read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--fail-under", "summaries.rouge2=50"], 1, "summaries.rouge2 is 0.0, under 50"),
        (["--fail-under", "article.failures=0"], 0, ""),
        (["--fail-if-worse"], 0, ""),  # four articles cannot show it beyond chance
        (["--fail-under", "nonsense=1"], 2, "no score is called 'nonsense'"),
        (["--fail-under", "nonsense"], 2, "is not a limit"),
        (["--jobs", "0"], 2, "0 is not in the range"),
    ],
)
def test_exit_codes_tell_why(files, options, code, told):
    done = compare(files, "good", "poor", *options)
    assert done.exit_code == code, done.output
    assert told in done.stderr


@pytest.mark.parametrize(
    ("b", "code", "told"),
    [
        ("nowhere.jsonl", 3, "cannot be read"),
        ("no-such-profile", 3, "is neither a URL, nor a file of outputs, nor a profile (embedded"),
        ("http://127.0.0.1:9", 5, "does not answer"),
    ],
)
def test_a_system_that_is_none_is_told_apart(files, b, code, told):
    done = compare(files, "good", b)
    assert done.exit_code == code, done.output
    assert told in done.stderr


def test_worse_beyond_chance_fails_the_build(files, tmp_path):
    many = [
        {"id": str(n), "lang": "en", "text": f"{TEXTS[2]} {n}", "short_en": TEXTS[2]}
        for n in range(12)
    ]
    files["set"] = lines(tmp_path / "many.jsonl", many)
    for name, text in (("good", TEXTS[2]), ("poor", TEXTS[3])):
        files[name] = lines(
            tmp_path / f"{name}12.jsonl", [{"id": str(n), "short_en": text} for n in range(12)]
        )
    done = compare(files, "good", "poor", "--fail-if-worse")
    assert done.exit_code == 1, done.output
    assert "summaries.rouge2 is significantly worse" in done.stderr
    assert compare(files, "poor", "good", "--fail-if-worse").exit_code == 0
    other = compare(files, "good", "poor", "--fail-if-worse", "--decide", "article.failures")
    assert other.exit_code == 0


def test_a_failed_article_is_shown_and_counted(files):
    done = compare(files, "good", "failing")
    assert "failing.jsonl: 4 articles, 1 failed" in done.stdout
    limited = compare(files, "good", "failing", "--limit", "3")
    assert "3 articles" in limited.stdout
    assert "failed" not in limited.stdout.split("Whole answer")[0]


@pytest.mark.torch
def test_a_profile_in_this_process_twice_differs_in_nothing(
    files, small_house, tmp_path, monkeypatch
):
    monkeypatch.setenv(PREFIX + "DATA_DIR", str(small_house.data_dir))
    kept = tmp_path / "kept.jsonl"
    first = compare(files, "good", "opus", "--save-b", str(kept), "--jobs", "2")
    assert first.exit_code == 0, first.output
    outputs = read_outputs(kept)
    assert [output.error for output in outputs.values()] == [None] * 4
    assert all("opus" in output.signature for output in outputs.values())
    fresh = tmp_path / "fresh.json"
    done = compare(files, str(kept), "opus", "--fresh", "--json", str(fresh))
    assert done.exit_code == 0, done.output
    for comparison in json.loads(fresh.read_text("utf-8"))["comparisons"]:
        if comparison["measure"] not in {"seconds", "rate"}:
            assert comparison["difference"] == 0, comparison["name"]
            assert comparison["p_randomisation"] == comparison["p_bootstrap"] == 1


@pytest.mark.torch
def test_a_running_service_with_keys_on_under_its_rate_limit(files, small_house, tmp_path):
    """The real service over HTTP: quota of 3 requests in 2 seconds, and a key is demanded."""
    settings = Settings(
        profiles_dir=small_house.profiles_dir,
        data_dir=small_house.data_dir,
        profile="opus",
        keys="on",
        rate_limit="3 per 2 seconds",
    )
    keys = Keys(settings.data_dir / "keys.sqlite")
    _, secret = keys.create("harness", "write")
    key_file = tmp_path / "key"
    key_file.write_text(secret + "\n", "ascii")
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        done = compare(files, "good", url, "--b-key-file", str(key_file), "--jobs", "4")
        assert done.exit_code == 0, done.output
        assert "4 articles\n" in done.stdout
        assert "opus" in done.stdout
        refused = compare(files, "good", url)
        assert refused.exit_code == 5
        assert "401, unauthenticated" in refused.stderr
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
