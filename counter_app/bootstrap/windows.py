"""Opening a workspace behind the shell that shows already (`early.py`): store, devices, use cases, window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from counter_app.bootstrap.moments import tell_moment
from counter_app.bootstrap.parts import attend
from counter_app.cli.machine import WindowOptions, Workspace
from counter_app.home import Home, open_home
from counter_app.i18n import Translator
from counter_app.ui.application import Shell, Window, end_on_signal, run_shell


def run_window(path: Path, workspace: Workspace, options: WindowOptions, shell: Shell) -> int:
    """Open one workspace of the home in `shell`; the process's exit code."""
    end_on_signal()
    t = Translator(options.language)
    later: list[Callable[[], object]] = []

    def ready() -> None:
        tell_moment("ready")
        for work in later:
            work()

    with ExitStack() as held:
        code = run_shell(shell, lambda: open_workspace(path, workspace, options, t, held, later), ready)
        shell.close()
    return code


def open_workspace(
    path: Path,
    workspace: Workspace,
    options: WindowOptions,
    t: Translator,
    held: ExitStack,
    later: list[Callable[[], object]],
) -> Window:
    """Build a workspace over its home; what must be given back at the end is held by `held`, what can
    wait until it takes keys is added to `later`."""
    home = open_home(path)
    _log_to(home, workspace)
    program = attend(home, held)
    if workspace == "counter":
        from counter_app.bootstrap.counter import counter_window

        return counter_window(program, options, t, held, later)
    if workspace == "kiosk":
        from counter_app.bootstrap.kiosk import kiosk_window

        return kiosk_window(program, options, held)
    from counter_app.bootstrap.display import display_window

    return display_window(program, options, t, held)


def _log_to(home: Home, name: str) -> None:
    home.make_folders()
    logging.basicConfig(
        filename=home.logs / f"{name}.log",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        encoding="utf-8",
    )
