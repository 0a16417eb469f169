"""Read one card and be done: for commands and scripts, in the caller's thread.

Windows use `reader_lane` instead, which never makes anyone wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from counter_app.devices.id_card.driver import USUAL, IdCardDriver, Timing
from counter_app.devices.id_card.reader_lane import CARD_TROUBLE, POLL_SECONDS
from counter_app.devices.serial_line import LineSettings, SerialLine
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import simulator_refused
from counter_app.use_cases.ports.identity import CardRead


class NoCardLaid(UserFacingError):
    """The time passed and no card was laid on the reader."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            "id-card.none-laid",
            mark("No card was laid on the reader within {seconds} s."),
            remedy=mark("Lay the card flat on the reader; lift and lay it again if it lies there already."),
            seconds=f"{seconds:g}",
        )


def read_one_card(
    settings: LineSettings,
    seconds: float,
    *,
    timing: Timing = USUAL,
    real_only: bool = False,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> CardRead:
    """Wait up to `seconds` for a card and read it; a simulator is refused where `real_only`.

    Raises NoCardLaid; `peripheral.simulated`; the last trouble with a card that lay there; or what opening
    the port raises.
    """
    deadline = clock() + seconds
    trouble: UserFacingError = NoCardLaid(seconds)
    with SerialLine(settings, clock=clock) as line:
        driver = IdCardDriver(line, timing)
        if driver.probe().simulated and real_only:
            raise simulator_refused(settings.url)
        while clock() < deadline:
            began = clock()
            try:
                if driver.find():
                    driver.select()
                    return CardRead(driver.read(), clock())
            except CARD_TROUBLE as error:
                trouble = error
            sleep(max(0.0, min(began + POLL_SECONDS, deadline) - clock()))
    raise trouble
