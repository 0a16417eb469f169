"""What goes wrong with a print queue, and whether it may have taken the job all the same."""

from __future__ import annotations

from counter_app.errors import UserFacingError, mark


class QueueTrouble(UserFacingError):
    """`taken` is False only where the queue certainly has nothing of what was sent."""

    taken = True


class QueueAway(QueueTrouble):
    """Nobody answers there: no CUPS, no printer, no such queue."""

    def __init__(self, url: str, *, taken: bool = True) -> None:
        super().__init__(
            "queue.away",
            mark("The print queue {url} does not answer."),
            remedy=mark("Check that the printer is on and that the queue exists."),
            url=url,
        )
        self.taken = taken


class QueueRefused(QueueTrouble):
    """The queue said no."""

    def __init__(self, url: str, status: int, *, taken: bool = False) -> None:
        super().__init__(
            "queue.refused",
            mark("The print queue {url} refused the job (IPP {status})."),
            remedy=mark("Look at the queue in the system's printer settings: it may be stopped or closed."),
            url=url,
            status=f"{status:#06x}",
        )
        self.taken = taken


class QueueUrlBad(UserFacingError):
    def __init__(self, url: str) -> None:
        super().__init__(
            "queue.bad-url",
            mark("{url} is no print queue."),
            remedy=mark("Write it like cups://NAME or ipp://host/ipp/print."),
            url=url,
        )
