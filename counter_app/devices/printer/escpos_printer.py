"""The driver of ESC/POS receipt printers on any line, and what it remembers from job to job."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from counter_app.devices.port_lock import PortBusy
from counter_app.devices.printer.flush import completion, flush_bytes
from counter_app.devices.printer.job import STATE_WHY, Job, Patience, process_mark
from counter_app.devices.printer.memory import definition
from counter_app.devices.printer.talk import Talk
from counter_app.devices.serial_line import LineLost, LineSettings, LineStopped, SerialLine
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.peripherals import Identity
from counter_app.use_cases.ports.printing import (
    PrintEnd,
    PrinterProfile,
    PrinterState,
    PrintOutcome,
    Why,
)

SIMULATED: Final = "SIMULATED"  # what this program's own simulator calls itself
_IDENTITY: Final = (66, 67, 65, 68)  # maker, model, firmware, serial number


class EscPosPrinter:
    """A `ReceiptPrinter`. All calls but `close` come from one thread.

    `void_note` are ESC/POS bytes (whole lines) printed under the torn-off half of a broken job.
    """

    def __init__(
        self,
        settings: LineSettings,
        profile: PrinterProfile,
        *,
        void_note: bytes = b"",
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._profile = profile
        self._void_note = void_note
        self._patience = patience if patience is not None else Patience()
        self._clock = clock
        self._turn = threading.Lock()
        self._closing_since: float | None = None
        self._talk: Talk | None = None
        self._half_on_paper = False  # a broken job must be flushed before the next paper
        self._in_command = False  # may wait for the rest of a spoilt one: asked before the next paper
        self._completion = b""  # goes out before anything else until an answer comes, see `flush`
        self._owed = 0  # of a line that was lost, see Talk
        self._has_answered = False
        self._has_confirmed = False
        self._has_marked = False  # gave a process id back
        self._drawer_high: bool | None = None
        self._mute = False  # let a paper go unconfirmed and never confirmed one

    def print_job(self, job_id: int, data: bytes, confirm: bool = True) -> PrintOutcome:
        """See `ReceiptPrinter.print_job`."""
        with self._turn:
            if self._closing_since is not None:
                return PrintOutcome.failed(Why.STOPPED)
            try:
                talk, state = self._greeted()
            except PortBusy:
                return PrintOutcome.failed(Why.BUSY)
            except UserFacingError:
                return PrintOutcome.failed(Why.ABSENT)
            except LineStopped:
                return PrintOutcome.failed(Why.STOPPED)
            # one that answered before and does not now is off: what is sent would be lost
            if not state.can_print or (state is PrinterState.SILENT and self._has_answered):
                self._leave_shared()
                return PrintOutcome.failed(STATE_WHY[state])
            return self._run(talk, job_id, data, confirm)

    def keep_logo(self, job_id: int) -> PrintOutcome:
        """Let it keep its profile's logo in its memory; one that is there is not written again.

        *Printed*: it is there for certain; `Why.NOT_ASKED`: one that cannot be asked took it.
        """
        logo, memory = self._profile.logo, self._profile.nv_logo
        if logo is None or not memory:
            return PrintOutcome.failed(Why.FILE_REFUSED)
        if logo.key in (self._stored() or ()):
            return PrintOutcome.printed(0)
        outcome = self.print_job(job_id, definition(logo, memory), confirm=memory == "gs")
        if outcome.end is PrintEnd.PRINTED and logo.key not in (self._stored() or (logo.key,)):
            return PrintOutcome.failed(Why.FILE_REFUSED, outcome.bytes_sent)
        return outcome

    def _stored(self) -> frozenset[bytes] | None:
        """The logos it says it keeps; None where it cannot be asked, or does not answer."""
        with self._turn:
            if self._closing_since is not None or self._profile.nv_logo != "gs":
                return None
            try:
                talk, state = self._greeted()
                found = talk.stored(self._patience.status) if state.can_print else None
            except (UserFacingError, LineStopped):
                return None
            self._leave_shared()
            return found

    def interrupted(self, data: bytes) -> None:
        """See `ReceiptPrinter.interrupted`."""
        with self._turn:
            self._half_on_paper = self._in_command = True
            self._completion = completion(data)

    def state(self) -> PrinterState:
        """See `ReceiptPrinter.state`."""
        with self._turn:
            if self._closing_since is not None:
                return PrinterState.UNKNOWN
            try:
                _, state = self._greeted()
            except UserFacingError:
                return PrinterState.ABSENT
            except LineStopped:
                return PrinterState.UNKNOWN
            self._leave_shared()
            return state

    @property
    def drawer_high(self) -> bool | None:
        """The level of the drawer's switch when the state was last asked; None where it is not told."""
        return self._drawer_high if self._profile.drawer_pin else None

    def describe(self) -> Identity:
        """What it says it is (`GS I`). Only for a person who asks: a printer that does not know the question
        may print it."""
        with self._turn:
            if self._closing_since is not None or not self._profile.process_id:
                return Identity()
            try:
                talk, state = self._greeted()
                if state not in (PrinterState.READY, PrinterState.PAPER_NEAR_END):
                    return Identity()
                maker, model, firmware, serial = (talk.info(n, self._patience.status) for n in _IDENTITY)
            except (UserFacingError, LineStopped):
                return Identity()
            self._leave_shared()
            return Identity(maker, model, serial, firmware, simulated=SIMULATED in (maker, model))

    def close(self) -> None:
        """See `ReceiptPrinter.close`."""
        if self._closing_since is None:
            self._closing_since = self._clock()
        with self._turn:
            self._hang_up()

    def _greeted(self) -> tuple[Talk, PrinterState]:
        """An open line and the printer's state; a line that died unnoticed is opened once more.

        Raises UserFacingError when it cannot be opened, LineStopped while closing.
        """
        if self._talk is not None:
            try:
                return self._talk, self._ask_state(self._talk)
            except LineLost:
                self._hang_up()
        line = SerialLine(self._settings, clock=self._clock, stopping=lambda: self._closing_since is not None)
        line.open()
        self._talk = Talk(line, self._owed)
        try:
            return self._talk, self._ask_state(self._talk)
        except LineLost:
            self._hang_up()
            raise

    def _ask_state(self, talk: Talk) -> PrinterState:
        """DLE EOT 1 to 4, each waited for: their answers carry no number."""
        if self._completion:
            talk.send(self._completion)
        if not self._profile.status:
            return PrinterState.UNKNOWN
        talk.hush()
        self._drawer_high = None
        if not (talk.ask(1, self._patience.status) or talk.ask(1, self._patience.status)):
            return PrinterState.SILENT
        self._has_answered = True
        self._completion = b""  # an answer: what was sent before it did arrive
        self._drawer_high = talk.condition.drawer_high
        for n in (2, 3, 4):
            if not talk.ask(n, self._patience.status):
                break  # knows only some of them; a later answer would be taken for the wrong one
        return talk.condition.state

    def _run(self, talk: Talk, job_id: int, data: bytes, confirm: bool) -> PrintOutcome:
        flush = flush_bytes(self._profile, self._void_note) if self._half_on_paper else b""
        job = Job(
            talk,
            self._profile,
            self._patience,
            data=data,
            mark=process_mark(job_id),
            flush=flush,
            closing_since=lambda: self._closing_since,
        )
        outcome = self._settled_run(talk, job, confirm)
        if job.touched:
            self._remember(job, data, outcome.why)
        self._has_marked = self._has_marked or job.marked
        self._learn(talk, outcome)
        if outcome.why in (Why.LINE_LOST, Why.STALLED):
            self._hang_up()
        elif outcome.end is PrintEnd.PRINTED:
            self._leave_shared()
        return outcome

    def _remember(self, job: Job, data: bytes, why: Why) -> None:
        """What the next paper must be preceded by. An untouched job changes nothing about it."""
        # one that confirms papers and did not confirm this one may have been off in its middle
        doubtful = why is Why.NO_ANSWER and self._has_confirmed
        self._half_on_paper = not job.clean or doubtful
        self._in_command = self._half_on_paper or (self._has_marked and not job.marked)
        if doubtful or why in (Why.LINE_LOST, Why.STALLED):
            self._completion = completion(data)
        else:
            self._completion = b"" if job.clean else b"\x00" * job.missing

    def _settled_run(self, talk: Talk, job: Job, confirm: bool) -> PrintOutcome:
        try:
            if self._in_command and self._has_confirmed:
                talk.drain(self._patience.status)
            elif talk.owed and talk.answered:
                talk.settle()
        except LineLost:
            return PrintOutcome.failed(Why.LINE_LOST)
        except LineStopped:
            return PrintOutcome.failed(Why.STOPPED)
        return job.run(confirm, self._patience.mute if self._mute else self._patience.confirm)

    def _learn(self, talk: Talk, outcome: PrintOutcome) -> None:
        self._has_answered = self._has_answered or talk.answered
        if outcome.end is PrintEnd.PRINTED:
            self._has_confirmed = True
        self._mute = not self._has_confirmed and (self._mute or outcome.why is Why.NO_ANSWER)

    @property
    def _shared(self) -> bool:
        return self._settings.url.startswith("socket:")

    def _leave_shared(self) -> None:
        """Network printers serve one caller at a time: let the others in."""
        if self._shared:
            self._hang_up()

    def _hang_up(self) -> None:
        talk, self._talk = self._talk, None
        if talk is not None:
            self._owed = 0 if self._shared else talk.owed
            talk.close()
