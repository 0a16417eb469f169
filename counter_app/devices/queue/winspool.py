"""Windows' print spooler as a `Queue` for raw jobs, through its own library. Tried under no Windows yet.

Its calls block while a network printer is looked for: never on a window's thread.
"""

from __future__ import annotations

import sys
from enum import IntEnum
from typing import Final

from counter_app.devices.queue.ipp_queue import QueueAway, QueueRefused
from counter_app.devices.queue.queue_printer import Queue
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.ports.printing import PrinterState

SCHEME: Final = "spooler"
# PRINTER_STATUS_* and JOB_STATUS_* of winspool.h, the worst first
_STATES: Final = (
    (0x00400000, PrinterState.COVER_OPEN),  # door open
    (0x00000010, PrinterState.PAPER_OUT),
    (0x00000040, PrinterState.PAPER_OUT),  # paper problem
    (0x00000008, PrinterState.OFFLINE),  # paper jam
    (0x00000080, PrinterState.OFFLINE),
    (0x00000001, PrinterState.OFFLINE),  # paused
    (0x00000002, PrinterState.OFFLINE),  # error
)
_JOB_ERRORS: Final = 0x00000002 | 0x00000020 | 0x00000040  # error, off line, out of paper
_JOB_DELETED: Final = 0x00000004 | 0x00000100
_JOB_PRINTED: Final = 0x00000080 | 0x00001000
_JOB_PRINTING: Final = 0x00000010


class SpoolPhase(IntEnum):
    """A job's way through Windows' spooler, in the names of `ipp.JobPhase`."""

    PENDING = 3
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    COMPLETED = 9

    @property
    def ended(self) -> bool:
        return self >= SpoolPhase.CANCELED


def printer_state(status: int) -> PrinterState:
    """PRINTER_INFO's status word. 0 is what Windows also says of printers it knows nothing about."""
    for bit, state in _STATES:
        if status & bit:
            return state
    return PrinterState.UNKNOWN


def job_phase(status: int) -> SpoolPhase:
    """JOB_INFO's status word."""
    if status & _JOB_PRINTED:
        return SpoolPhase.COMPLETED
    if status & _JOB_DELETED:
        return SpoolPhase.CANCELED
    if status & _JOB_ERRORS:
        return SpoolPhase.STOPPED
    return SpoolPhase.PROCESSING if status & _JOB_PRINTING else SpoolPhase.PENDING


class NoSpooler(UserFacingError):
    def __init__(self) -> None:
        super().__init__(
            "queue.no-spooler",
            mark("This system has no Windows print spooler."),
            remedy=mark("Here a queue is written cups://NAME."),
        )


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _spool = ctypes.WinDLL("winspool.drv", use_last_error=True)
    _CANCEL = 3  # JOB_CONTROL_DELETE is 5 since Windows NT 4; CANCEL is understood by all
    _GONE = 87  # ERROR_INVALID_PARAMETER: the job left the queue

    class _DocInfo(ctypes.Structure):
        _fields_ = (("name", wintypes.LPWSTR), ("output", wintypes.LPWSTR), ("kind", wintypes.LPWSTR))

    class WindowsQueue:
        """See `windows_queue`."""

        def __init__(self, name: str) -> None:
            self.url = f"{SCHEME}://{name}"
            self._name = name

        def state(self) -> PrinterState:
            handle = self._opened()
            try:
                # PRINTER_INFO_6 is the status word alone
                return printer_state(int.from_bytes(self._info(_spool.GetPrinterW, handle, 6)[:4], "little"))
            finally:
                _spool.ClosePrinter(handle)

        def send(self, name: str, data: bytes, kind: str, *, size: str = "") -> int:
            handle = self._opened()
            try:
                job = _spool.StartDocPrinterW(handle, 1, ctypes.byref(_DocInfo(name, None, "RAW")))
                written = wintypes.DWORD()
                good = job and _spool.StartPagePrinter(handle)
                good = good and _spool.WritePrinter(handle, data, len(data), ctypes.byref(written))
                good = bool(good) and written.value == len(data)
                _spool.EndPagePrinter(handle)
                if not good or not _spool.EndDocPrinter(handle):
                    raise QueueRefused(self.url, ctypes.get_last_error())
                return int(job)
            finally:
                _spool.ClosePrinter(handle)

        def phase(self, job: int) -> SpoolPhase:
            handle = self._opened()
            try:
                info = self._info(_spool.GetJobW, handle, job, 1)
            except QueueRefused:
                return SpoolPhase.COMPLETED  # what is done leaves the queue
            finally:
                _spool.ClosePrinter(handle)
            # JOB_INFO_1: id, six pointers, then the status word
            at = ctypes.sizeof(ctypes.c_void_p) * 7
            return job_phase(int.from_bytes(info[at : at + 4], "little"))

        def cancel(self, job: int) -> bool:
            handle = self._opened()
            try:
                return bool(_spool.SetJobW(handle, job, 0, None, _CANCEL))
            finally:
                _spool.ClosePrinter(handle)

        def waiting(self, name: str) -> tuple[int, ...]:
            return ()  # Windows tells the sender at once; nothing is taken silently

        def _opened(self) -> wintypes.HANDLE:
            handle = wintypes.HANDLE()
            if not _spool.OpenPrinterW(self._name, ctypes.byref(handle), None):
                raise QueueAway(self.url)
            return handle

        def _info(self, ask: ctypes._FuncPointer, *words: object) -> bytes:
            needed = wintypes.DWORD()
            ask(*words, None, 0, ctypes.byref(needed))
            if not needed.value:
                raise QueueRefused(self.url, ctypes.get_last_error())
            buffer = ctypes.create_string_buffer(needed.value)
            if not ask(*words, buffer, needed.value, ctypes.byref(needed)):
                raise QueueRefused(self.url, ctypes.get_last_error())
            return buffer.raw

    def windows_queue(name: str) -> Queue:
        """A printer of this Windows by its name."""
        return WindowsQueue(name)

else:

    def windows_queue(name: str) -> Queue:
        """Not on this system."""
        raise NoSpooler
