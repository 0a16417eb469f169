"""One paper on its way: pieces, looks at the printer between them, and the proof of its end.

Never claims more than was seen. *Printed* is only said for the printer's own answer to this very
job; a line lost after the last byte leaves it open (mission: M1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from serial import SerialTimeoutException

from counter_app.devices.printer.flush import CLEAR_BUFFER
from counter_app.devices.printer.replies import (
    Cleared,
    ProcessDone,
    RealTime,
    Reply,
    Transmitted,
    from_transmitted,
)
from counter_app.devices.printer.spans import borders, pieces
from counter_app.devices.printer.talk import LOOK, Talk
from counter_app.devices.serial_line import BITS_PER_BYTE, LineLost, LineStopped
from counter_app.use_cases.ports.printing import PrinterProfile, PrinterState, PrintOutcome, Why

_MARK_BASE: Final = 95  # GS ( H takes four bytes 20..7E
_MARK_FIRST: Final = 0x20
_ALL_AUTOMATIC: Final = b"\x1da\xff"
STATE_WHY: Final = {
    PrinterState.PAPER_OUT: Why.PAPER_OUT,
    PrinterState.COVER_OPEN: Why.COVER_OPEN,
    PrinterState.CUTTER_ERROR: Why.CUTTER_ERROR,
    PrinterState.OFFLINE: Why.OFFLINE,
    PrinterState.SILENT: Why.SILENT,
    PrinterState.ABSENT: Why.ABSENT,
}


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. `confirm` is the time from the last byte to giving up (peripherals: 15 s)."""

    status: float = 1.0  # for one DLE EOT before a job
    confirm: float = 15.0
    mute: float = 2.0  # instead of `confirm`, for a printer that never confirmed a paper it was sent
    process_id: float = 1.0  # for GS ( H after GS r was answered
    look: float = 0.3  # between two looks while sending and waiting
    closing: float = 3.0  # a job under way may still be sent to its end when the program closes


class _Halted(Exception):
    """The printer said that it cannot go on."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def process_mark(job_id: int) -> bytes:
    """The job id as the four bytes of `GS ( H`; ids 95^4 apart share one."""
    digits = bytearray()
    for _ in range(4):
        job_id, digit = divmod(job_id, _MARK_BASE)
        digits.append(_MARK_FIRST + digit)
    return bytes(reversed(digits))


class Job:
    """One try. After `run`, `touched` tells whether any byte of `data` may have reached the printer
    and `clean` whether the printer is surely at a command's end."""

    def __init__(
        self,
        talk: Talk,
        profile: PrinterProfile,
        patience: Patience,
        *,
        data: bytes,
        mark: bytes,
        flush: bytes = b"",
        closing_since: Callable[[], float | None],
    ) -> None:
        self._talk = talk
        self._profile = profile
        self._patience = patience
        self._data = data
        self._mark = mark
        self._flush = flush
        self._closing_since = closing_since
        self._sent = 0
        self._unanswered = 0  # looks while sending whose answer has not come
        self.touched = False
        self.clean = True
        self.marked = False  # it gave the process id back: the last byte of all was taken

    @property
    def missing(self) -> int:
        """Bytes the printer still waits for if it took all that was sent: 0 between two commands."""
        if self._sent in (0, len(self._data)):
            return 0
        return next(border for border in borders(self._data) if border >= self._sent) - self._sent

    def run(self, confirm: bool, wait: float) -> PrintOutcome:
        """Send and, where wanted and possible, wait up to `wait` seconds for the proof."""
        try:
            self._open_way()
            self._send_all()
            if not (confirm and self._profile.status):
                return PrintOutcome.unconfirmed(self._sent, Why.NOT_ASKED)
            return self._confirmed(wait)
        except _Halted as halted:
            self._drop_rest()
            return self._broken(halted.why)
        except LineStopped:
            return self._ended_early(Why.STOPPED)
        except LineLost as lost:
            stalled = isinstance(lost.__cause__, TimeoutError | SerialTimeoutException)
            return self._ended_early(self._why_stalled() if stalled else Why.LINE_LOST)

    def _open_way(self) -> None:
        if self._flush:
            self._talk.send(self._flush)
        if self._profile.automatic_status:
            self._talk.send(_ALL_AUTOMATIC)

    def _send_all(self) -> None:
        looked = self._talk.clock()
        for end, question_allowed in pieces(self._data):
            self._heed_closing()
            self.touched = True
            self._talk.send(self._data[self._sent : end])
            self._sent = end
            now = self._talk.clock()
            if self._profile.status and now - looked >= self._patience.look and end < len(self._data):
                self._look(question_allowed)
                looked = self._talk.clock()

    def _look(self, question_allowed: bool) -> None:
        """Hear what came; ask where a question may stand. Silence means nothing here."""
        if question_allowed:
            self._talk.ask_now(LOOK)
            self._unanswered += 1
        try:
            while replies := self._talk.listen(0.0):
                for reply in replies:
                    self._judge(reply)
        except LineStopped:
            return  # closing: the rest is sent unwatched, if it takes no longer than `closing`

    def _heed_closing(self) -> None:
        since = self._closing_since()
        if since is not None and self._talk.clock() - since >= self._patience.closing:
            raise LineStopped

    def _confirmed(self, wait: float) -> PrintOutcome:
        talk = self._talk
        talk.probe()
        if self._profile.process_id:
            talk.send(b"\x1d(H\x06\x0000" + self._mark)
        deadline = talk.clock() + wait + self._wire_seconds()
        taken_at: float | None = None
        while (now := talk.clock()) < deadline:
            if taken_at is not None and now - taken_at >= self._grace():
                return self._proven()
            replies = talk.listen(min(self._patience.look, deadline - now))
            for reply in replies:
                self._judge(reply)
                if reply == ProcessDone(self._mark) and self._profile.process_id:
                    self.marked = True
                    return self._proven()
                if isinstance(reply, Transmitted) and talk.owed == 0:
                    taken_at = talk.clock()
            if not replies:
                talk.ask_now(LOOK)
        if taken_at is not None:
            return self._proven()
        return PrintOutcome.unconfirmed(self._sent, Why.NO_ANSWER)

    def _proven(self) -> PrintOutcome:
        """The end of the paper was answered. But where looks are answered, one that was not while it was sent
        says that the printer was off for a moment: what it took is gone, and the end proves only itself.
        """
        if self._unanswered and self._talk.answers_looks:
            return PrintOutcome.unconfirmed(self._sent, Why.NO_ANSWER)
        return PrintOutcome.printed(self._sent)

    def _grace(self) -> float:
        return self._patience.process_id if self._profile.process_id else 0.0

    def _wire_seconds(self) -> float:
        """What may still stand in the operating system's buffer of a serial port."""
        if self._talk.settings.url.startswith("socket:"):
            return 0.0
        return len(self._data) * BITS_PER_BYTE / self._talk.settings.baudrate

    def _judge(self, reply: Reply) -> None:
        """Raises _Halted for an answer that says the paper cannot be finished."""
        condition = self._talk.condition
        if isinstance(reply, RealTime):
            self._unanswered = max(0, self._unanswered - 1)
            condition = condition.heard(LOOK, reply.bits)
        elif isinstance(reply, Transmitted):
            condition = from_transmitted(reply.bits)
        if not condition.state.can_print:
            raise _Halted(STATE_WHY[condition.state])

    def _why_stalled(self) -> Why:
        """A printer that takes no more bytes may have said why."""
        try:
            self._look(question_allowed=False)
        except _Halted as halted:
            return halted.why
        except LineLost:
            return Why.LINE_LOST
        return Why.STALLED

    def _drop_rest(self) -> None:
        """A printer that can forget its buffer does; else the rest may come out with the new roll."""
        if self._profile.clear_buffer:
            try:
                self._talk.send(CLEAR_BUFFER)
                deadline = self._talk.clock() + self._patience.status
                while self._talk.clock() < deadline:
                    if Cleared() in self._talk.listen(self._patience.look):
                        return
            except (LineLost, LineStopped):
                return  # the next job finds the line dead, or there is none

    def _broken(self, why: Why) -> PrintOutcome:
        self.clean = not self.touched
        return PrintOutcome.failed(why, self._sent, may_have_printed=self.touched)

    def _ended_early(self, why: Why) -> PrintOutcome:
        if self._sent < len(self._data) or not self.touched:
            return self._broken(why)
        self.clean = why is Why.STOPPED  # all went out, and the line still stands
        return PrintOutcome.unconfirmed(self._sent, why)
