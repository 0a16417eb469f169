"""The counter's window, bound to a home."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from counter_app.bootstrap.parts import card_reader, new_key, readers, roll_profile
from counter_app.bootstrap.sheets import private_sheets, scanner_sheet
from counter_app.cli.machine import WindowOptions
from counter_app.i18n import Translator
from counter_app.lanes import Lane
from counter_app.ui.counter.deps import CounterDeps
from counter_app.ui.counter.opening import open_with_viewer
from counter_app.ui.counter.window import CounterWindow, build_counter_window
from counter_app.use_cases.papers.printer_note import printer_state
from counter_app.use_cases.program import Program


def counter_window(
    program: Program,
    options: WindowOptions,
    t: Translator,
    held: ExitStack,
    later: list[Callable[[], object]],
) -> CounterWindow:
    plan = program.plan()
    reads = held.enter_context(Lane("reads"))
    deps = CounterDeps(
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
        around=program.around,
        check=program.store.check,
        reader=card_reader(program.home, "counter"),
        **readers(program.home, "counter"),
        scanner_sheet=scanner_sheet(t, held),
        feed=program.store,
        acts=held.enter_context(Lane("acts")),
        reads=reads,
        clock=program.clock,
        new_key=new_key,
        columns=roll_profile(program.home).columns,
        sheet=private_sheets(program, t, held),
        open_file=open_with_viewer,
        printer=lambda: printer_state(program.store),
        centre=program.centre,
        asks=held.enter_context(Lane("asks")),
        key_warning=program.key_warning,
        theme=options.theme,
        scale=options.scale / 100,
    )
    # not at once: a busy Python thread makes building and first painting several times slower
    later.append(lambda: reads.submit(program.warm_up))
    return build_counter_window(deps, t)
