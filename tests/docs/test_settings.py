import re
from dataclasses import fields
from pathlib import Path

from service.settings import PREFIX, ROOT, Settings

TABLE = Path("docs/settings.md").read_text("utf-8")


def _row(field):
    default = "" if field.default in (None, "") else str(field.default)
    default = default.removeprefix(f"{ROOT}/")
    shown = f"`{default}`" if default else "empty"
    return f"| `{PREFIX}{field.name.upper()}` | {shown} | {field.metadata['help']} |"


def test_the_table_says_every_setting_its_default_and_its_help_and_no_other():
    rows = [line for line in TABLE.splitlines() if line.startswith(f"| `{PREFIX}")]
    assert rows == [_row(field) for field in fields(Settings)]


def test_nothing_else_reads_the_environment():
    """What a library reads may be set beforehand, where nobody has set it."""
    readers = {
        path
        for path in Path("service").rglob("*.py")
        if re.search(r"os\.environ(?!\.setdefault)|getenv", path.read_text("utf-8"))
    }
    assert readers == {Path("service/settings.py")}
