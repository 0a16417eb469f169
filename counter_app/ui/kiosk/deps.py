"""Everything the kiosk is given. The composition root fills it; nothing is looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.journal import Actor
from counter_app.lanes import Runner
from counter_app.ui.changes import ChangeFeed
from counter_app.ui.kiosk.idle import IDLE_SECONDS
from counter_app.ui.kiosk.measures import MM_PER_PX
from counter_app.use_cases.papers.papers import Papers
from counter_app.use_cases.peripherals.desk import PeripheralDesk
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.identity import CardReader
from counter_app.use_cases.ports.inputs import NamedSource
from counter_app.use_cases.ports.script import ScriptConverter
from counter_app.use_cases.waiting.help_desk import HelpDesk
from counter_app.use_cases.waiting.kiosk import KioskDesk
from counter_app.use_cases.waiting.queries import WaitingQueries
from counter_app.use_cases.waiting.waiting import Waiting


@dataclass(frozen=True)
class KioskDeps:
    """`actor` names the kiosk (`Actor("kiosk", "kiosk-1")`): its place is where help is asked for and
    where its papers are printed.

    `new_key` makes a command key per key press. `prove_staff(badge, pin)` raises `access.*` unless both
    are right; None: nobody can close the kiosk from its screen. `locked`: full screen, and closing is
    refused until the staff did. `mm_per_px` is the panel's, for keys of 20 mm. `sources` are scanners with a
    line of their own, `scan_prefix` is what one at the keyboard's cable sends first, in Qt's spelling.
    `peripherals` is the desk of what hangs here, asked on `asks` (`runner` when not given); `restart` starts
    the program anew, None where it was not started by itself.
    """

    actor: Actor
    plan: Callable[[], HallPlan]
    queries: WaitingQueries
    desk: KioskDesk
    waiting: Waiting
    help_desk: HelpDesk
    papers: Papers
    reader: CardReader
    feed: ChangeFeed
    runner: Runner
    clock: Clock
    new_key: Callable[[], str]
    script: ScriptConverter
    training: bool
    prove_staff: Callable[[str, str], None] | None = None
    locked: bool = False
    mm_per_px: float = MM_PER_PX
    idle_seconds: int = IDLE_SECONDS
    sources: tuple[NamedSource, ...] = ()
    scan_prefix: str = "F12"
    peripherals: PeripheralDesk | None = None
    asks: Runner | None = None
    restart: Callable[[], None] | None = None
