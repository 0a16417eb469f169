"""The counter's window, bound to a home."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypedDict

from counter_app.bootstrap.card_tools import card_tools
from counter_app.bootstrap.exports import Files, exporting, packages
from counter_app.bootstrap.imaging import cameras
from counter_app.bootstrap.logos import logo_desk
from counter_app.bootstrap.parts import card_reader, has_keypad, new_key, readers, roll_profile
from counter_app.bootstrap.peripherals import desk_of
from counter_app.bootstrap.sheets import (
    SheetsOut,
    private_sheets,
    private_volumes,
    scanner_sheet,
    sheet_printing,
)
from counter_app.cli.machine import WindowOptions
from counter_app.i18n import Translator
from counter_app.lanes import Lane
from counter_app.ui.counter.deps import CounterDeps
from counter_app.ui.counter.window import CounterWindow, build_counter_window
from counter_app.ui.opening import open_with_viewer
from counter_app.use_cases.arriving.folder import rejected_in
from counter_app.use_cases.papers.printer_note import printer_state
from counter_app.use_cases.ports.printing import PrinterState
from counter_app.use_cases.program import Program


def counter_window(
    program: Program,
    options: WindowOptions,
    t: Translator,
    held: ExitStack,
    later: list[Callable[[], object]],
) -> CounterWindow:
    reads = held.enter_context(Lane("reads"))
    deps = _deps(program, options, t, held, reads)
    # not at once: a busy Python thread makes building and first painting several times slower
    later.append(lambda: reads.submit(program.warm_up))
    return build_counter_window(deps, t)


def _deps(
    program: Program, options: WindowOptions, t: Translator, held: ExitStack, reads: Lane
) -> CounterDeps:
    plan = program.plan()
    peripherals = desk_of(program.home, program.store, "counter", t)
    return CounterDeps(
        counter=options.counter or str(plan.counters[0].number),
        plan=plan,
        waiting=program.waiting,
        counters=program.counters,
        shifts=program.shifts,
        ratings=program.ratings,
        lines=program.waiting_queries,
        access=program.access,
        persons=program.persons,
        intake=program.intake,
        cases=program.intake_queries,
        finder=program.finder,
        papers=program.papers,
        forwarding=program.forwarding,
        erasing=program.erasing,
        help_desk=program.help_desk,
        day_close=program.day_close,
        time=program.time,
        day_totals=program.day_totals,
        around=program.around,
        casework=program.casework,
        check=program.store.check,
        reader=card_reader(program.home, "counter", peripherals.hold),
        **readers(program.home, "counter", peripherals.hold),
        **_at_hand(program, t, held),
        peripherals=peripherals,
        logos=logo_desk(program.home, peripherals),
        pictures=program.pictures,
        cameras=cameras(program.home),
        cards=card_tools(program, held),
        imaging=held.enter_context(Lane("imaging")),
        feed=program.store,
        acts=held.enter_context(Lane("acts")),
        reads=reads,
        clock=program.clock,
        new_key=new_key,
        centre=program.centre,
        asks=held.enter_context(Lane("asks")),
        key_warning=program.key_warning,
        rated_on=options.rate_on,
        rating_keypad=has_keypad(program.home, "counter"),
        theme=options.theme,
        scale=options.scale / 100,
    )


class AtHand(TypedDict):
    """What stands on the counter, or is reached from it, as the window's deps name it."""

    columns: int
    sheet: Callable[[str, str], Path]
    volume: Callable[[str], Path]
    package: Callable[[str], Path]
    export: Callable[[str, Files], Path]
    scanner_sheet: Callable[[], Path]
    open_file: Callable[[Path], bool]
    rejected: Callable[[], tuple[Path, ...]]
    printer: Callable[[], PrinterState]
    print_sheet: SheetsOut


def _at_hand(program: Program, t: Translator, held: ExitStack) -> AtHand:
    return AtHand(
        columns=roll_profile(program.home).columns,
        sheet=private_sheets(program, t, held),
        volume=private_volumes(program, t, held),
        package=packages(program, t),
        export=exporting(program),
        scanner_sheet=scanner_sheet(t, held),
        open_file=open_with_viewer,
        rejected=lambda: rejected_in(program.home.imports),
        printer=lambda: printer_state(program.store),
        print_sheet=sheet_printing(program, t),
    )
