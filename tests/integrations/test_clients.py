"""The example clients of docs/integrations.md against a real service."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from service.access.keys import Keys
from tests.server import server
from tests.services import absent

CLIENTS = Path("integrations/clients")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("service")
    keys = Keys(folder / "keys.sqlite")
    _, secret = keys.create("client", "write")
    keys.close()
    with server(folder, keys="on") as running:
        running.key = secret
        yield running


def python(running, key=None):
    scope = {}
    exec((CLIENTS / "khulasa_client.py").read_text("utf-8"), scope)
    return scope["Khulasa"](running.url, key or running.key), scope["Problem"]


def test_the_python_client_digests_corrects_and_names_problems(running, english):
    client, problem = python(running)
    digest = client.digest(text=english, lengths=["short"])
    assert digest["summaries"]["en"]["short"]["text"]
    client.correct(digest["id"], "summaries.en.short", "An editor's words.", "Salma")
    again = client.digest(text=english, lengths=["short"])
    assert again["summaries"]["en"]["short"]["text"] == "An editor's words."
    with pytest.raises(problem) as refused:
        client.digest(text="two words")
    assert (refused.value.status, refused.value.code) == (422, "too_short")
    stranger, problem = python(running, key="khu_00000000_" + "x" * 43)
    with pytest.raises(problem) as refused:
        stranger.digest(text=english)
    assert refused.value.code == "unauthenticated"


def php(code):
    if shutil.which("php") is None:
        absent("php is not installed")
    path = CLIENTS.resolve() / "khulasa.php"
    done = subprocess.run(
        ["php", "-r", f"require '{path}';\n{code}"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_php_client_digests_corrects_and_names_problems(running, tmp_path, samples):
    article = tmp_path / "article.json"
    article.write_text(
        json.dumps({"text": samples["ar-weather-01"]["text"], "lengths": ["short"]}), "utf-8"
    )
    printed = php(
        f"$c = new KhulasaClient( '{running.url}', '{running.key}' );"
        f"$a = json_decode( file_get_contents( '{article}' ), true );"
        "$d = $c->digest( $a );"
        "$c->correct( $d['id'], 'summaries.ar.short', 'نص المحرر.', 'سلمى' );"
        "echo $c->digest( $a )['summaries']['ar']['short']['text'], '|';"
        "try { $c->digest( array( 'text' => 'كلمتان فقط' ) ); }"
        "catch ( KhulasaProblem $p ) { echo $p->getCode(), $p->problem; }"
    )
    assert printed == "نص المحرر.|422too_short"
