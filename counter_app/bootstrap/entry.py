"""Where the program begins: a workspace's window is on the screen before the program is imported.

The whole program takes some half a second to import, a bare window a tenth; nobody should look at an
empty screen meanwhile, and a clerk types badge and PIN at once.
"""

from __future__ import annotations

import sys
from typing import Final

SHOWN_FIRST: Final = ("counter", "kiosk", "display", "desk")


def main() -> int:
    """The console script's entry; the exit code."""
    argv = sys.argv[1:]
    if argv and argv[0] in SHOWN_FIRST and not {"-h", "--help"} & set(argv):
        from counter_app.bootstrap.early import open_early

        return open_early(argv)
    from counter_app.bootstrap.machine import ThisMachine
    from counter_app.cli.main import run

    return run(argv, ThisMachine())
