"""Web and mail addresses: the same in every language, and none of their marks is punctuation."""

from __future__ import annotations

import re

# What ends an address is a letter, a digit or a slash: marks after it are the sentence's.
_REST = r"[^\s«»“”\"]*[^\s«»“”\".,;:!?؟،؛…)\]'’]"

ADDRESS = re.compile(
    rf"""(?<![\w.@/-])
    (?: (?:[A-Za-z]+://|www\.){_REST}
      | [\w.+-]*\w@[\w.-]*\w
      | [\w-]+(?:\.[\w-]+)*\.[A-Za-z]{{2,}}(?:[/?\#]{_REST})? )""",
    re.VERBOSE,
)
