"""This machine behind `cli.attached_machine`: every adapter is imported when its command is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from counter_app.cli.attached_machine import SheetCall, SimulatorOptions
from counter_app.domain.journal import Actor
from counter_app.domain.paper.cards import CardFacts
from counter_app.home import open_home
from counter_app.i18n import Translator
from counter_app.peripherals import Kind
from counter_app.use_cases.papers.cards import Printing
from counter_app.use_cases.peripherals.desk import PeripheralDesk
from counter_app.use_cases.peripherals.logos import LogoDesk
from counter_app.use_cases.ports.imaging import PictureSource
from counter_app.use_cases.ports.printing import PrintOutcome
from counter_app.use_cases.program import Program


class ThisAttachedMachine:
    """Names the concrete classes; does nothing itself."""

    def simulate_device(
        self, kind: Kind, options: SimulatorOptions, commands: Iterable[str], say: Callable[[str], None]
    ) -> None:
        from counter_app.simulators.frames import serve as frames
        from counter_app.simulators.imaging import serve as imaging
        from counter_app.simulators.serving import DeviceServing

        serving = DeviceServing(
            tcp=options.tcp, link=options.link, faults=options.faults, control=options.control
        )
        serve = frames.serve if kind in frames.MADE else imaging.serve
        serve(kind, serving, commands, say)

    def logos(self, home: Path, desk: PeripheralDesk) -> LogoDesk:
        from counter_app.bootstrap.logos import logo_desk

        return logo_desk(open_home(home), desk)

    def build_evolis(self, library: Path) -> None:
        from counter_app.simulators.evolis.build import build

        build(library)

    def picture_source(self, home: Path, name: str) -> PictureSource:
        from counter_app.bootstrap.imaging import named_source

        return named_source(open_home(home), name)

    def draw_card(self, facts: CardFacts, side: str, right: float, down: float, scale: float) -> bytes:
        from counter_app.bootstrap.cards import painter
        from counter_app.domain.paper.cards import SIDES
        from counter_app.printing.cards import CardFit

        fit = CardFit(right, down, scale)
        known = next((one for one in SIDES if one == side), None)
        return painter().pdf(facts, fit) if known is None else painter().png(facts, known, fit)

    def print_sheet(self, program: Program, call: SheetCall, t: Translator) -> PrintOutcome:
        from counter_app.bootstrap.sheets import sheet_printing

        return sheet_printing(program, t)(call.actor, call.key, call.paper, call.size)

    def print_card(
        self, program: Program, actor: Actor, card: str, note: Callable[[], Printing]
    ) -> PrintOutcome:
        from counter_app.bootstrap.cards import print_card

        return print_card(program, actor, card, note)
