"""What the presenters of one counter share beyond any window: the ticket and the case in hand. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.i18n import Translator
from counter_app.ui.counter.deps import CounterDeps
from counter_app.ui.tasks import TaskRunner
from counter_app.ui.workplace import InHand, Screen, Workplace
from counter_app.use_cases.waiting.rows import TicketRow


@dataclass
class Hands(InHand):
    """What is in hand now. `ticket` is the one served here; `case` the open case's id."""

    ticket: TicketRow | None = None
    case: str | None = None
    basis_card: bool = False


class Desk(Workplace):
    """One counter's shared state and its ways out. `asks` runs questions to the centre."""

    hands: Hands

    def __init__(
        self,
        deps: CounterDeps,
        t: Translator,
        acts: TaskRunner,
        reads: TaskRunner,
        screen: Screen,
        asks: TaskRunner,
    ) -> None:
        super().__init__(t, acts, reads, screen, deps.access, deps.new_key, deps.clock)
        self.deps = deps
        self.asks = asks
        self.hands = Hands()

    def put_down(self) -> None:
        self.hands = Hands()
