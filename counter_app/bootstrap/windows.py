"""Opens a workspace's home behind the window that shows already (`early.py`), on a lane of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from counter_app.bootstrap.parts import attend
from counter_app.bootstrap.prepared import Prepared
from counter_app.cli.main import parser
from counter_app.cli.window_commands import options_of
from counter_app.home import Home, default_path, open_home
from counter_app.i18n import Translator

IN_A_WINDOW: Final = 2  # the panel is 1080 × 1920; on a desk it is shown at half the size


def prepare_workspace(argv: Sequence[str], held: ExitStack) -> Prepared:
    """Read the command line and open the home; what must be given back at the end is held by `held`.

    UserFacingError `home.*`, `keys.*`, `store.*`; SystemExit for words that argparse does not know.
    """
    arguments = parser().parse_args(argv)
    options = options_of(arguments)
    home = open_home(Path(arguments.home) if arguments.home else default_path())
    _log_to(home, arguments.workspace)
    program = attend(home, held)
    t = Translator(options.language)
    later: list[Callable[[], object]] = []
    if arguments.workspace == "counter":
        from counter_app.bootstrap.counter import counter_window

        return Prepared(lambda: counter_window(program, options, t, held, later), later)
    if arguments.workspace == "kiosk":
        from counter_app.bootstrap.kiosk import kiosk_window
        from counter_app.ui.kiosk.measures import MM_PER_PX

        mm_per_px = MM_PER_PX if options.full_screen else MM_PER_PX * IN_A_WINDOW
        return Prepared(lambda: kiosk_window(program, options, held, mm_per_px))
    if arguments.workspace == "desk":
        from counter_app.bootstrap.desk import desk_window

        return Prepared(lambda: desk_window(program, options, t, held))
    from counter_app.bootstrap.display import display_window

    return Prepared(lambda: display_window(program, options, t, held))


def _log_to(home: Home, name: str) -> None:
    home.make_folders()
    logging.basicConfig(
        filename=home.logs / f"{name}.log",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        encoding="utf-8",
    )
