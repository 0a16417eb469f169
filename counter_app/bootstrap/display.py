"""The hall display, bound to a home."""

from __future__ import annotations

from contextlib import ExitStack

from counter_app.cli.machine import WindowOptions
from counter_app.devices.speaker.speaker import ClipSpeaker
from counter_app.domain.hall.plan import HallPlan
from counter_app.i18n import RESOURCES, Translator
from counter_app.lanes import Lane
from counter_app.ui.display.window import DisplayDeps, DisplayWindow
from counter_app.ui.theme.look import Look
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.rows import HallView


def display_window(program: Program, options: WindowOptions, t: Translator, held: ExitStack) -> DisplayWindow:

    def load() -> tuple[HallView, HallPlan]:
        return program.waiting_queries.hall_view(), program.plan()

    folders = (program.home.path / "sounds", RESOURCES / "sounds")
    deps = DisplayDeps(
        load=load,
        feed=program.store,
        speaker=ClipSpeaker(folders, held.enter_context(Lane("speaker"))),
        runner=held.enter_context(Lane("reads")),
        clock=program.clock,
        training=program.home.training,
    )
    return DisplayWindow(deps, Look(scale=options.scale / 100), t)
