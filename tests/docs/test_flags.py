import doctest
import re
from pathlib import Path

from service import flags

PAGE = Path("docs/flags.md")
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \|", re.MULTILINE)


def test_the_table_has_every_flag_with_its_severity_and_no_other():
    documented = dict(ROW.findall(PAGE.read_text("utf-8")))
    catalogue = {kind.code: kind.severity for kind in flags.catalogue().values()}
    missing = sorted(catalogue.keys() - documented.keys())
    assert not missing, f"add a row to docs/flags.md for {missing}"
    gone = sorted(documented.keys() - catalogue.keys())
    assert not gone, f"docs/flags.md has rows for codes that service/flags.toml lacks: {gone}"
    assert documented == catalogue


def test_the_example_is_what_the_code_answers():
    assert doctest.testfile(str(PAGE.resolve()), module_relative=False).failed == 0
