"""The shell of a workspace, shown before its command line is even read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from counter_app.bootstrap.moments import tell_moment
from counter_app.i18n import Translator
from counter_app.ui.application import Shell, application

SIZES: Final = {"counter": (1366, 768), "kiosk": (720, 1280), "display": (1280, 720)}


def early_window(argv: Sequence[str]) -> Callable[[Path, Any, Any], int]:
    """A window that says it is opening; `argv` begins with the workspace's name. What is given back
    opens the workspace in it: home, workspace, options."""
    app = application()
    t = Translator()
    titles = {"counter": t("Counter"), "kiosk": t("Kiosk"), "display": t("Hall display")}
    shell = Shell(titles[argv[0]], t)
    shell.resize(*SIZES[argv[0]])
    if "--full-screen" in argv:
        shell.showFullScreen()
    else:
        shell.show()
    app.processEvents()
    tell_moment("shown")

    def run(home: Path, workspace: Any, options: Any) -> int:
        from counter_app.bootstrap.windows import run_window

        return run_window(home, workspace, options, shell)

    return run
