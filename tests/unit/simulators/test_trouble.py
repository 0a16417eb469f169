"""Trouble at a byte: whoever mends it finds the cable out, and not about to go."""

from __future__ import annotations

import threading
import time

from counter_app.simulators.line import Wire
from counter_app.simulators.trouble import Troubled


class Quiet:
    """A device that takes its bytes slowly and says nothing."""

    def connected(self, wire: Wire) -> None: ...

    def feed(self, data: bytes) -> None:
        time.sleep(0.2)

    def disconnected(self) -> None: ...


class Cable:
    def __init__(self) -> None:
        self.acts: list[str] = []

    def unplug(self) -> None:
        self.acts.append("unplug")

    def plug(self) -> None:
        self.acts.append("plug")


def test_a_cable_that_is_about_to_go_has_gone_before_it_is_put_back() -> None:
    troubled, cable = Troubled(Quiet()), Cable()
    troubled.attach(cable)
    troubled.order("unplug:3")
    feeding = threading.Thread(target=troubled.feed, args=(b"abcdef",))
    feeding.start()
    while not troubled.passed:
        time.sleep(0.001)
    troubled.order("none")  # the bytes have passed, the cable is still in
    cable.plug()
    feeding.join()
    assert cable.acts == ["unplug", "plug"]
