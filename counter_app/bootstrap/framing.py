"""The keeper's work with pads, strips and drawers of their own line, a duty and thread for each kind; and
its look at what else hangs beside.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from counter_app.bootstrap.peripherals import desk_of
from counter_app.devices.attached import line_settings
from counter_app.devices.drawer.drawer import SerialDrawer
from counter_app.devices.drawer.profiles import is_behind_printer
from counter_app.devices.frames.devices import FramedPad, FramedStrip
from counter_app.devices.frames.peripheral import is_keypad
from counter_app.devices.frames.profiles import BAUD
from counter_app.errors import UserFacingError
from counter_app.home import DESCRIPTION, open_home
from counter_app.i18n import Translator
from counter_app.keeper.beside import AGAIN_SECONDS, BesideWatch
from counter_app.keeper.drawer import DrawerWatch
from counter_app.keeper.loop import Duty
from counter_app.keeper.waking import CommitWatch
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.peripherals import Bench
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.frames_at_work import RatingWork, StripWork

log = logging.getLogger(__name__)

EVERY_SECONDS: Final = 2.0
OWNER: Final = "keeper"


def beside_watch(program: Program, t: Translator) -> BesideWatch:
    return BesideWatch(desk_of(program.home, program.store, OWNER, t))


def beside_duty(beside: BesideWatch) -> Duty:
    return Duty("beside", beside.step, every=AGAIN_SECONDS, woken=beside.doubts)


@dataclass(frozen=True)
class Begun:
    """The work with one device, and what lets its line go."""

    step: Callable[[], bool]
    close: Callable[[], None]


class DeclaredWork:
    """All devices of one kind that the home declares now, worked with one after another in one thread.

    `home.toml` is looked at before each step: a device declared, changed or taken out on the page of the
    peripherals is taken up or let go at once, while all others keep their lines.
    """

    def __init__(
        self,
        program: Program,
        is_one: Callable[[Peripheral], bool],
        begin: Callable[[Program, Peripheral], Begun],
    ) -> None:
        self._program = program
        self._is_one = is_one
        self._begin = begin
        self._written = 0
        self._begun: dict[str, tuple[Peripheral, Begun]] = {}

    def step(self) -> bool:
        """One step with each; True when there may be more at once. UserFacingError `store.*`."""
        self._refresh()
        more = [work.step() for _, work in self._begun.values()]
        return any(more)

    def close(self) -> None:
        for _, work in self._begun.values():
            work.close()

    def _refresh(self) -> None:
        """A description that cannot be read changes nothing."""
        path = self._program.home.path
        try:
            written = (path / DESCRIPTION).stat().st_mtime_ns
            if written == self._written:
                return
            found = open_home(path).peripherals
        except (OSError, UserFacingError) as error:
            log.warning("%s cannot be looked at: %s", DESCRIPTION, error)
            return
        self._written = written
        wanted = {one.name: one for one in found if self._is_one(one)}
        for name, (known, work) in tuple(self._begun.items()):
            if wanted.get(name) != known:
                work.close()
                del self._begun[name]
        for name, declared in wanted.items():
            if name not in self._begun:
                self._take_up(declared)

    def _take_up(self, declared: Peripheral) -> None:
        """One whose frames are written wrongly is told of in the log and by the page of the peripherals."""
        try:
            self._begun[declared.name] = declared, self._begin(self._program, declared)
        except UserFacingError as error:
            log.warning("%s", error)


def framed_duties(
    program: Program, watch: CommitWatch, beside: BesideWatch
) -> list[tuple[Duty, Callable[[], None]]]:
    """A duty and thread for each kind, with what lets its lines go."""
    works = {
        "pads": DeclaredWork(program, _is_pad_with_line, partial(_pad, beside)),
        "strips": DeclaredWork(program, lambda one: one.kind is Kind.LED_STRIP, partial(_strip, beside)),
        "drawers": DeclaredWork(program, _is_own_drawer, _drawer),
    }
    return [
        (Duty(name, work.step, every=EVERY_SECONDS, woken=watch.ear()), work.close)
        for name, work in works.items()
    ]


def _pad(beside: BesideWatch, program: Program, declared: Peripheral) -> Begun:
    pad = FramedPad(declared, line_settings(declared, _bench(program), BAUD))
    work = RatingWork(program.store, program.ratings, pad, program.clock, partial(beside.soon, declared.name))
    return Begun(work.step, work.close)


def _strip(beside: BesideWatch, program: Program, declared: Peripheral) -> Begun:
    strip = FramedStrip(declared, line_settings(declared, _bench(program), BAUD))
    work = StripWork(program.store, strip, program.clock, partial(beside.soon, declared.name))
    return Begun(work.step, _nothing)


def _is_pad_with_line(declared: Peripheral) -> bool:
    return declared.kind is Kind.RATING_PAD and not is_keypad(declared)


def _is_own_drawer(declared: Peripheral) -> bool:
    return declared.kind is Kind.DRAWER and not is_behind_printer(declared)


def _drawer(program: Program, declared: Peripheral) -> Begun:
    drawer = SerialDrawer(declared, line_settings(declared, _bench(program), BAUD))
    work = DrawerWatch(program.store, declared.name, drawer)
    return Begun(work.step, _nothing)


def _bench(program: Program) -> Bench:
    return Bench(program.home.locks, OWNER, program.home.training)


def _nothing() -> None:
    """The line of a strip or drawer is open only while something is said."""
