"""What stands beside printer and readers: asked after it failed, said in the foot until it is well. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from counter_app.i18n import Translator
from counter_app.peripherals import Kind
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.shown import DotShown
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.peripherals.desk import PeripheralRow

# Those that have a dot of their own in the foot.
ELSEWHERE: Final = frozenset(
    {Kind.PRINTER, Kind.ID_READER, Kind.SCANNER, Kind.MRZ_READER, Kind.CARD_SLOT, Kind.SPEAKER}
)
HERE: Final = ("", "counter")


def beside_dot(rows: Iterable[PeripheralRow], t: Translator) -> DotShown | None:
    """Which of this counter's other peripherals needs somebody, or how many do."""
    broken = [
        row for row in rows if row.kind not in ELSEWHERE and row.used_by in HERE and not row.condition.works
    ]
    if not broken:
        return None
    if len(broken) == 1:
        return DotShown(State.FAULT, f"{broken[0].name or broken[0].kind} {t(broken[0].seen.says)}")
    return DotShown(State.FAULT, t("{count} need somebody", count=len(broken)))


def ask_how(desk: Desk, wanted: Callable[[PeripheralRow], bool]) -> None:
    """Something just failed at a peripheral: see how it is, so that foot and page tell it; not waited for."""
    machine = desk.deps.peripherals
    if machine is None or not desk.at_work:
        return
    actor = desk.actor

    def asked() -> None:
        for row in filter(wanted, machine.rows()):
            machine.look(actor, row.name)

    desk.asks.run(asked, lambda _: None, lambda _: None)
