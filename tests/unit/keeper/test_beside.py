"""The keeper's look at what hangs beside: what works seldom, what fails often, what is doubted at once."""

from __future__ import annotations

from counter_app.domain.journal import Actor
from counter_app.keeper.beside import AGAIN_SECONDS, SELDOM_SECONDS, BesideWatch
from counter_app.peripherals import Kind
from counter_app.use_cases.peripherals.desk import PeripheralRow
from counter_app.use_cases.ports.peripherals import Condition, Seen


class Machine:
    """A desk of peripherals with a clock; `asked` are the names in their order."""

    def __init__(self) -> None:
        self.now = 0.0
        self.conditions = {
            ("camera", Kind.CAMERA): Condition.READY,
            ("strip", Kind.LED_STRIP): Condition.UNKNOWN,
            ("cards", Kind.CARD_PRINTER): Condition.UNKNOWN,
            ("roll", Kind.PRINTER): Condition.ABSENT,
            ("reader", Kind.ID_READER): Condition.ABSENT,
            ("toaster", Kind.RATING_PAD): Condition.WRONG,
        }
        self.asked: list[str] = []
        self.watch = BesideWatch(self, lambda: self.now)

    def rows(self) -> tuple[PeripheralRow, ...]:
        return tuple(
            PeripheralRow(
                name, kind.value, "", "", "", "", "", True, Seen(condition), condition is Condition.WRONG
            )
            for (name, kind), condition in self.conditions.items()
        )

    def look(self, actor: Actor, name: str) -> Seen:
        self.asked.append(name)
        return Seen(Condition.UNKNOWN)

    def after(self, seconds: float) -> list[str]:
        """Who is asked when so much time has gone by."""
        self.now += seconds
        self.asked.clear()
        assert not self.watch.step()
        return list(self.asked)


def test_what_works_is_asked_seldom_and_what_others_hold_never() -> None:
    machine = Machine()
    assert machine.after(0) == ["camera"]
    assert machine.after(AGAIN_SECONDS) == []
    assert machine.after(SELDOM_SECONDS) == ["camera"]


def test_what_failed_is_asked_again_until_it_is_back() -> None:
    machine = Machine()
    machine.after(0)
    machine.watch.soon("strip")
    assert machine.watch.doubts()
    assert machine.after(0) == ["strip"]
    assert not machine.watch.doubts()
    machine.conditions["strip", Kind.LED_STRIP] = Condition.ABSENT
    machine.conditions["cards", Kind.CARD_PRINTER] = Condition.ABSENT
    assert machine.after(AGAIN_SECONDS) == ["strip", "cards"]
    assert machine.after(AGAIN_SECONDS / 2) == []
    assert machine.after(AGAIN_SECONDS / 2) == ["strip", "cards"]
    machine.conditions["strip", Kind.LED_STRIP] = Condition.UNKNOWN
    machine.conditions["cards", Kind.CARD_PRINTER] = Condition.UNKNOWN
    assert machine.after(AGAIN_SECONDS) == []
