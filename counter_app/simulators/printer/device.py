"""The printer on its cable: real-time answers on arrival, faults that a script sets, power.

All calls of `ByteDevice` come from the line's thread; faults and looks at the paper may come from any.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Final

from counter_app.simulators.line import Wire
from counter_app.simulators.printer.faults import AFTER_BYTES, Fault, FaultKind
from counter_app.simulators.printer.interpreter import Interpreter
from counter_app.simulators.printer.sheet import Sheet
from counter_app.simulators.printer.status import Sensors

RECEIVE_BUFFER: Final = 4096  # bytes a halted printer still takes
_ASK: Final = b"\x10\x04"
_CLEAR: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_CLEARED: Final = b"\x37\x25\x00"
_TAIL: Final = len(_CLEAR) - 1
_LOOK: Final = 0.02  # seconds between two looks whether a halted printer was mended
_PIECE: Final = 64  # bytes taken at once while slow
_NOISE: Final = 20261128
RESTART_SECONDS: Final = 1.5  # from power off to the first answer, when it restarts in mid-dialogue


class PrinterSimulator:
    """A receipt printer `width` dots wide (576 or 384). `clone` swaps the bits of `FS !`.

    `finished` is called with each paper that is cut off, from the thread that fed the bytes.
    """

    def __init__(
        self, width: int = 576, *, clone: bool = False, finished: Callable[[Sheet], None] | None = None
    ) -> None:
        self._sensors = Sensors()
        self._printer = Interpreter(
            width, clone=clone, sensors=self._sensors, reply=self._answer, finished=finished
        )
        self._guard = threading.RLock()
        self._wire: Wire | None = None
        self._seen = b""  # the last bytes, for real-time commands cut in two
        self._silent = False
        self._bytes_per_second: float | None = None
        self._noise: random.Random | None = None
        self._dark_until = 0.0
        self._due: Fault | None = None  # comes after `_due_in` more bytes
        self._due_in = 0
        self._paper_left: int | None = None

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The papers cut off so far, oldest first."""
        with self._guard:
            return tuple(self._printer.head.sheets)

    @property
    def hanging(self) -> Sheet | None:
        """The paper in the printer, printed on and not cut."""
        with self._guard:
            return self._printer.head.hanging()

    @property
    def pending(self) -> int:
        """Bytes received and not printed yet."""
        return self._printer.pending

    @property
    def memory_writes(self) -> int:
        """How often its lasting memory was written."""
        return self._printer.head.memory.writes

    @property
    def drawer_kicks(self) -> int:
        return self._printer.head.drawer_kicks

    def shut_drawer(self) -> None:
        """Push it in: from now on its switch is told, and a kick opens it."""
        with self._guard:
            self._sensors.drawer_closed = True
            self._tell_change()

    @property
    def newest(self) -> Sheet | None:
        """The hanging paper, else the last one cut off; None before anything was printed."""
        with self._guard:
            sheets = self._printer.head.sheets
            return self._printer.head.hanging() or (sheets[-1] if sheets else None)

    def set_fault(self, fault: Fault) -> None:
        """From now on, until `mend`. See `faults.py`."""
        with self._guard:
            if fault.kind in AFTER_BYTES and fault.amount:
                self._due, self._due_in = fault, fault.amount
                return
            match fault.kind:
                case FaultKind.PAPER_OUT if fault.amount:
                    self._paper_left = self._printer.head.lines_printed + fault.amount
                case FaultKind.PAPER_OUT:
                    self._sensors.paper_out = True
                case FaultKind.NEAR_END:
                    self._sensors.near_end = True
                case FaultKind.COVER_OPEN:
                    self._sensors.cover_open = True
                case FaultKind.CUTTER_ERROR:
                    self._sensors.cutter_error = True
                case FaultKind.SILENT:
                    self._silent = True
                case FaultKind.NO_PROCESS_ID:
                    self._printer.process_id = False
                case FaultKind.GARBLED:
                    self._noise = random.Random(_NOISE)
                case FaultKind.SLOW:
                    self._bytes_per_second = fault.amount / 10
                case FaultKind.POWER_CYCLE:
                    self._power_cycle()
            self._tell_change()

    def mend(self) -> None:
        """End every fault; what waits in the buffer is printed."""
        with self._guard:
            sensors = self._sensors
            sensors.paper_out = sensors.near_end = sensors.cover_open = sensors.cutter_error = False
            self._silent = False
            self._printer.process_id = True
            self._dark_until = 0.0
            self._due = self._noise = self._paper_left = self._bytes_per_second = None
            self._tell_change()
            self._pump()

    def power_on(self) -> None:
        """Off and on: what waits in the buffer is lost."""
        with self._guard:
            self._power_cycle()

    def connected(self, wire: Wire) -> None:
        """See `ByteDevice`."""
        with self._guard:
            self._wire = wire

    def disconnected(self) -> None:
        """See `ByteDevice`. The buffer stays: only power clears it."""
        with self._guard:
            self._wire = None

    def feed(self, data: bytes) -> None:
        """See `ByteDevice`."""
        while (early := self._until_due(data)) is not None:
            self._take(data[: len(early)])
            data = data[len(early) :]
            if not self._come_due():
                return
        self._take(data)

    def _take(self, data: bytes) -> None:
        size = _PIECE if self._bytes_per_second else max(1, len(data))
        for start in range(0, len(data), size):
            piece = data[start : start + size]
            if not self._take_time(len(piece)):
                return
            if self._dark:
                continue
            with self._guard:
                self._printer.receive(self._real_time(piece))
                self._pump()
            self._wait_for_room()

    def _until_due(self, data: bytes) -> bytes | None:
        """What comes before a fault that is due within `data`; None where none is."""
        with self._guard:
            if self._due is None or len(data) < self._due_in:
                self._due_in -= len(data)
                return None
            return data[: self._due_in]

    def _come_due(self) -> bool:
        """Let it happen; False when nothing more arrives."""
        due, self._due = self._due, None
        if due is None:
            return True
        if due.kind is FaultKind.POWER_CYCLE:
            self._dark_until = time.monotonic() + RESTART_SECONDS
        if due.kind is not FaultKind.UNPLUG:
            self.set_fault(Fault(due.kind))
            return True
        if self._wire is not None:
            self._wire.unplug()
        return False

    def _power_cycle(self) -> None:
        self._printer.power_on()
        self._seen = b""

    @property
    def _dark(self) -> bool:
        """Off, or starting: it hears nothing and says nothing."""
        return time.monotonic() < self._dark_until

    def _take_time(self, count: int) -> bool:
        wire, speed = self._wire, self._bytes_per_second
        return wire is None or speed is None or wire.wait(count / speed)

    def _wait_for_room(self) -> None:
        """A halted printer with a full buffer takes nothing: the sender sees its line stand still."""
        while self._sensors.halted and self._printer.pending > RECEIVE_BUFFER:
            if self._wire is None or not self._wire.wait(_LOOK):
                return

    def _real_time(self, piece: bytes) -> bytes:
        """Answer what wants an answer at once; gives what goes into the buffer."""
        window, old = self._seen + piece, len(self._seen)
        for at in range(len(window)):
            if window.startswith(_ASK, at) and old <= at + 2 < len(window):
                self._answer(self._sensors.real_time(window[at + 2]))
            elif window.startswith(_CLEAR, at) and at + len(_CLEAR) > old:
                self._printer.clear()
                self._answer(_CLEARED)
                piece = window[at + len(_CLEAR) :]
        self._seen = window[-_TAIL:]
        return piece

    def _pump(self) -> None:
        self._printer.pump(self._use_paper)

    def _use_paper(self) -> None:
        if self._paper_left is not None and self._printer.head.lines_printed >= self._paper_left:
            self._paper_left = None
            self._sensors.paper_out = True
            self._tell_change()

    def _tell_change(self) -> None:
        if self._printer.automatic:
            self._answer(self._sensors.automatic())

    def _answer(self, data: bytes) -> None:
        if data and self._wire is not None and not self._silent:
            self._wire.send(data if self._noise is None else self._noise.randbytes(len(data)))
