import re
from pathlib import Path

from service.errors import KhulasaError

ROW = re.compile(r"\| `(\w+)` \| (\d+) \| (\d+) \| (.+) \|")


def _descendants(kind):
    return [kind, *(found for child in kind.__subclasses__() for found in _descendants(child))]


def test_the_table_says_every_code_with_its_status_and_exit_code_and_no_other():
    page = Path("docs/errors.md").read_text("utf-8")
    rows = {(m[1], int(m[2]), int(m[3])) for m in ROW.finditer(page)}
    kinds = {(kind.code, kind.status, kind.exit_code) for kind in _descendants(KhulasaError)}
    assert rows == kinds


def test_the_tree_at_the_top_of_the_module_draws_every_error():
    drawn = __import__("service.errors", fromlist=["errors"]).__doc__
    for kind in _descendants(KhulasaError):
        assert kind.__name__ in drawn
