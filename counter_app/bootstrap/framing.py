"""The keeper's work with pads, strips and drawers of their own line, a duty and thread each; and its
look at what else hangs beside.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Final

from counter_app.bootstrap.peripherals import desk_of
from counter_app.devices.attached import line_settings
from counter_app.devices.drawer.drawer import SerialDrawer
from counter_app.devices.drawer.profiles import is_behind_printer
from counter_app.devices.frames.devices import FramedPad, FramedStrip
from counter_app.devices.frames.profiles import BAUD
from counter_app.errors import UserFacingError
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


def framed_duties(
    program: Program, watch: CommitWatch, beside: BesideWatch
) -> list[tuple[Duty, Callable[[], None]]]:
    """Each with what lets its line go; one whose frames are written wrongly is told of in the log and by the
    page of the peripherals."""
    found: list[tuple[Duty, Callable[[], None]]] = []
    for declared in program.home.peripherals:
        try:
            if declared.kind is Kind.RATING_PAD:
                found.append(_pad(program, declared, watch, beside))
            elif declared.kind is Kind.LED_STRIP:
                found.append(_strip(program, declared, watch, beside))
            elif declared.kind is Kind.DRAWER and not is_behind_printer(declared):
                found.append(_drawer(program, declared, watch))
        except UserFacingError as error:
            log.warning("%s", error)
    return found


def _pad(
    program: Program, declared: Peripheral, watch: CommitWatch, beside: BesideWatch
) -> tuple[Duty, Callable[[], None]]:
    pad = FramedPad(declared, line_settings(declared, _bench(program), BAUD))
    work = RatingWork(program.store, program.ratings, pad, program.clock, partial(beside.soon, declared.name))
    return Duty(f"pad {declared.name}", work.step, every=EVERY_SECONDS, woken=watch.ear()), work.close


def _strip(
    program: Program, declared: Peripheral, watch: CommitWatch, beside: BesideWatch
) -> tuple[Duty, Callable[[], None]]:
    strip = FramedStrip(declared, line_settings(declared, _bench(program), BAUD))
    work = StripWork(program.store, strip, program.clock, partial(beside.soon, declared.name))
    return Duty(f"strip {declared.name}", work.step, every=EVERY_SECONDS, woken=watch.ear()), _nothing


def _drawer(program: Program, declared: Peripheral, watch: CommitWatch) -> tuple[Duty, Callable[[], None]]:
    drawer = SerialDrawer(declared, line_settings(declared, _bench(program), BAUD))
    work = DrawerWatch(program.store, declared.name, drawer)
    return Duty(f"drawer {declared.name}", work.step, every=EVERY_SECONDS, woken=watch.ear()), _nothing


def _bench(program: Program) -> Bench:
    return Bench(program.home.locks, OWNER, program.home.training)


def _nothing() -> None:
    """The line of a strip or drawer is open only while something is said."""
