"""The departments' desk, bound to a home. A machine may have several, and a counter besides."""

from __future__ import annotations

from contextlib import ExitStack

from counter_app.bootstrap.exports import exporting
from counter_app.bootstrap.parts import new_key, scan_prefix, text_sources
from counter_app.bootstrap.sheets import private_sheets
from counter_app.cli.machine import WindowOptions
from counter_app.domain.access.shift import desk_place
from counter_app.i18n import Translator
from counter_app.lanes import Lane
from counter_app.ui.desk.deps import DeskDeps
from counter_app.ui.desk.window import DeskWindow, build_desk_window
from counter_app.ui.opening import open_with_viewer
from counter_app.use_cases.casework.finding import CaseFinder
from counter_app.use_cases.program import Program


def desk_window(program: Program, options: WindowOptions, t: Translator, held: ExitStack) -> DeskWindow:
    deps = DeskDeps(
        place=desk_place(program.home.device, options.desk),
        plan=program.plan(),
        access=program.access,
        persons=program.persons,
        casework=program.casework,
        time=program.time,
        cases=program.intake_queries,
        finder=CaseFinder(program.store, program.reference, program.finder),
        papers=program.papers,
        pictures=program.pictures,
        applying=program.around.applying,
        feed=program.store,
        acts=held.enter_context(Lane("acts")),
        reads=held.enter_context(Lane("reads")),
        fetches=held.enter_context(Lane("fetches")),
        clock=program.clock,
        new_key=new_key,
        sheet=private_sheets(program, t, held),
        open_file=open_with_viewer,
        export=exporting(program),
        scan_prefix=scan_prefix(program.home, "desk"),
        sources=text_sources(program.home, "desk"),
        centre=program.centre,
        key_warning=program.key_warning,
        theme=options.theme,
        scale=options.scale / 100,
    )
    return build_desk_window(deps, t)
