"""The kiosk's window, bound to a home."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack

from counter_app.bootstrap.parts import card_reader, new_key, scan_prefix, text_sources
from counter_app.bootstrap.peripherals import desk_of
from counter_app.cli.machine import WindowOptions
from counter_app.domain.journal import Actor
from counter_app.home import Home
from counter_app.i18n import LANGUAGES, Translator
from counter_app.lanes import Lane
from counter_app.script.converter import OpenccConverter
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.measures import MM_PER_PX
from counter_app.ui.kiosk.window import KioskWindow, build_kiosk_window
from counter_app.ui.theme.look import Look
from counter_app.use_cases.papers.printers import KIOSK
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.kiosk import KioskDesk


def kiosk_place(home: Home) -> str:
    """Where help is asked for, tickets are counted and PINs are tried: each kiosk machine is a place."""
    return f"{KIOSK}-{home.device}"


def _again() -> None:
    """The same words once more, in a process of its own; this one closes meanwhile."""
    subprocess.Popen(
        [sys.executable, "-m", "counter_app", *sys.argv[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    )


def kiosk_window(
    program: Program, options: WindowOptions, held: ExitStack, mm_per_px: float = MM_PER_PX
) -> KioskWindow:
    """`mm_per_px` is the panel's; a window on a desk is a picture of a panel, at half its size."""

    home = program.home
    languages = {name: Translator(name) for name in LANGUAGES}

    def prove_staff(badge: str, pin: str) -> None:
        program.access.prove(badge, pin, kiosk_place(home), new_key())

    peripherals = desk_of(home, program.store, KIOSK, languages["zh_CN"])
    deps = KioskDeps(
        actor=Actor("kiosk", kiosk_place(home)),
        plan=program.plan,
        queries=program.waiting_queries,
        desk=KioskDesk(program.store, program.reference, program.person_hash),
        waiting=program.waiting,
        help_desk=program.help_desk,
        papers=program.papers,
        reader=card_reader(home, "kiosk", peripherals.hold),
        feed=program.store,
        runner=held.enter_context(Lane("kiosk")),
        clock=program.clock,
        new_key=new_key,
        script=OpenccConverter(),
        training=home.training,
        prove_staff=prove_staff,
        locked=options.full_screen,
        mm_per_px=mm_per_px,
        sources=text_sources(home, "kiosk", peripherals.hold),
        scan_prefix=scan_prefix(home, "kiosk"),
        peripherals=peripherals,
        asks=held.enter_context(Lane("kiosk-asks")),
        restart=_again if sys.argv[1:2] == [KIOSK] else None,
    )
    return build_kiosk_window(deps, Look(scale=options.scale / 100), languages)
