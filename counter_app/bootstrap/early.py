"""A workspace's window, shown before its command line is even read; counter and desk take keys at once.

The program is imported and its home opened on a lane, while the window lives. What was typed meanwhile
is taken over by the real log-in.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final, Protocol

from counter_app.bootstrap.moments import tell_moment
from counter_app.bootstrap.prepared import Prepared
from counter_app.i18n import Translator
from counter_app.ui.application import Shell, Window, application, end_on_signal, run_shell


class Early(Protocol):
    """What takes keys until the workspace is there."""

    def hand_over(self, window: Window) -> None: ...


SIZES: Final = {"counter": (1366, 768), "kiosk": (640, 980), "display": (1280, 720), "desk": (1366, 768)}


def open_early(argv: Sequence[str]) -> int:
    """Show the window of `argv[0]`, then open that workspace in it; the process's exit code."""
    app = application()
    t = Translator()
    titles = {
        "counter": t("Counter"),
        "kiosk": t("Kiosk"),
        "display": t("Hall display"),
        "desk": t("Departments' desk"),
    }
    shell = Shell(titles[argv[0]], t)
    shell.resize(*SIZES[argv[0]])
    if "--full-screen" in argv:
        shell.showFullScreen()
    else:
        shell.show()
    app.processEvents()
    tell_moment("shown")
    end_on_signal(shell.end)
    log_in = _log_in(shell, t) if argv[0] in ("counter", "desk") else None
    with ExitStack() as held:

        def prepare() -> Prepared:
            from counter_app.bootstrap.windows import prepare_workspace

            return prepare_workspace(argv, held)

        def build(prepared: Prepared) -> Window:
            window = prepared.build()
            if log_in is not None:
                log_in.hand_over(window)
            return window

        def opened(prepared: Prepared) -> None:
            tell_moment("opened")
            for work in prepared.later:
                work()

        code = run_shell(shell, prepare, build, opened)
        shell.close()
    return code


def _log_in(shell: Shell, t: Translator) -> Early:
    from counter_app.ui.early_log_in import EarlyLogIn

    log_in = EarlyLogIn(shell, t)
    tell_moment("ready")
    return log_in
