"""What is seen of a cash drawer, as of any peripheral."""

from __future__ import annotations

from typing import Final

from counter_app.errors import mark
from counter_app.use_cases.ports.peripherals import Condition, Seen

TOLD: Final = mark("The drawer was told to open.")
PRINTER_IN_TROUBLE: Final = mark("Its printer is in trouble: until then it opens with its key only.")
LEFT_OPEN: Final = mark("The drawer stands open: close it.")


def seen_drawer(is_open: bool | None) -> Seen:
    """None where it cannot tell."""
    if is_open is None:
        return Seen(Condition.UNKNOWN)
    if is_open:
        return Seen(Condition.ATTENTION, word=mark("drawer open"), advice=LEFT_OPEN)
    return Seen(Condition.READY, word=mark("closed"))
