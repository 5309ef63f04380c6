import re
import subprocess
from pathlib import Path

import pytest

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _pages():
    listed = subprocess.run(["git", "ls-files", "*.md"], capture_output=True, text=True, check=True)
    return sorted(map(Path, listed.stdout.split()))


@pytest.mark.parametrize("page", _pages(), ids=str)
def test_every_relative_link_leads_somewhere(page):
    targets = [
        target
        for target in LINK.findall(page.read_text("utf-8"))
        if not re.match(r"[a-z]+:", target)
    ]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []
