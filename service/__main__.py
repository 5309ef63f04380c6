"""``python -m service``: see ``service.cli``."""

from __future__ import annotations

from service.cli import build

if __name__ == "__main__":
    build()(prog_name="python -m service")
