"""The scanner on its cable: a text goes out as bytes with the end it was set up to send, or spoilt.

    KIND[:N][*TIMES]     half:12   unfinished:20   noise   aim   linefeed   tab   bare   stx   gbk   unplug:30

`*` alone means for ever; else once. Operating it by lines of text is `control`'s.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.line import Wire

MOMENT: Final = 1.0  # seconds
GREETING_SECONDS: Final = 0.1  # a listener throws away what came before it listened
NOISE: Final = bytes.fromhex("00FF8001")
_FORM: Final = re.compile(r"(?P<kind>[a-z]+)(:(?P<n>[0-9]+))?(?P<times>\*[0-9]*)?")
WITH_NUMBER: Final = frozenset({"half", "unfinished", "unplug", "flip"})
ENDS: Final = {"linefeed": b"\r\n", "tab": b"\t", "bare": b"", "stx": b"\x03"}
WITHOUT_NUMBER: Final = frozenset({*ENDS, "noise", "aim", "gbk"})


class ScannerFaultUnknown(UserFacingError):
    def __init__(self, text: str) -> None:
        super().__init__(
            "simulator.fault-unknown",
            mark("{text} is no fault the simulator can make."),
            remedy=mark("It can make: {known}"),
            text=text,
            known=" ".join(sorted(WITH_NUMBER | WITHOUT_NUMBER)),
        )


@dataclass(frozen=True, slots=True)
class ScanFault:
    """`number` counts bytes (bits for `flip`). `left` None: for ever."""

    kind: str
    number: int = 0
    left: int | None = 1


def parse_scan_fault(text: str) -> ScanFault:
    """Text → fault. Raises ScannerFaultUnknown."""
    found = _FORM.fullmatch(text)
    if found is None or found["kind"] not in WITH_NUMBER | WITHOUT_NUMBER:
        raise ScannerFaultUnknown(text)
    if (found["n"] is not None) != (found["kind"] in WITH_NUMBER):
        raise ScannerFaultUnknown(text)
    times = found["times"]
    left = None if times == "*" else int(times[1:]) if times else 1
    return ScanFault(found["kind"], int(found["n"] or "0"), left)


@dataclass(frozen=True, slots=True)
class _Sending:
    """What goes out: beginning, code, end, and whether the cable is pulled then."""

    begin: bytes
    code: bytes
    end: bytes
    unplug: bool = False


class SimulatedScanner:
    """A `ByteDevice` that only sends. `scan` comes from any thread."""

    def __init__(self) -> None:
        self._wire: Wire | None = None
        self._listened = threading.Event()
        self._faults: tuple[ScanFault, ...] = ()
        self._lock = threading.Lock()
        self._greeting = ""
        self.sent = 0  # codes, whole or not

    def connected(self, wire: Wire) -> None:
        self._wire = wire
        self._listened.set()
        if self._greeting:
            wire.wait(GREETING_SECONDS)
            self.scan(self._greeting)

    def when_heard(self, text: str) -> None:
        """Scan this each time that somebody begins to listen."""
        self._greeting = text

    def disconnected(self) -> None:
        self._listened.clear()
        self._wire = None

    def feed(self, data: bytes) -> None:
        """Scanners obey commands of their makers; this one none."""

    @property
    def is_connected(self) -> bool:
        return self._wire is not None

    def add_fault(self, text: str) -> None:
        """`none` takes all back. Raises ScannerFaultUnknown."""
        fault = None if text == "none" else parse_scan_fault(text)
        with self._lock:
            self._faults = () if fault is None else (*self._faults, fault)

    def scan(self, text: str) -> bool:
        """Send a code as the light catches it; lines are ended one by one. False: nobody is connected.

        Whoever has just opened the port is known here a moment later: so long it is waited for.
        """
        self._listened.wait(MOMENT)
        wire = self._wire
        if wire is None:
            return False
        with self._lock:
            faults = self._faults
            left = (replace(f, left=None if f.left is None else f.left - 1) for f in faults)
            self._faults = tuple(fault for fault in left if fault.left != 0)
        sending = spoilt(text, faults)
        wire.send(sending.begin + sending.code + sending.end)
        self.sent += 1
        if sending.unplug:
            wire.unplug()
        return True


def spoilt(text: str, faults: tuple[ScanFault, ...]) -> _Sending:
    """The bytes of `text` after all faults."""
    encoding = "gb18030" if any(fault.kind == "gbk" for fault in faults) else "utf-8"
    lines = text.split("\n")
    sending = _Sending(b"", b"\r".join(line.encode(encoding, "replace") for line in lines), b"\r")
    for fault in faults:
        sending = _SPOIL.get(fault.kind, _end)(sending, fault)
    return sending


def _end(sending: _Sending, fault: ScanFault) -> _Sending:
    return replace(sending, end=ENDS.get(fault.kind, sending.end), begin=_stx(sending, fault))


def _stx(sending: _Sending, fault: ScanFault) -> bytes:
    return sending.begin + b"\x02" if fault.kind == "stx" else sending.begin


def _flip(sending: _Sending, fault: ScanFault) -> _Sending:
    if not sending.code:
        return sending
    spoilt_code = bytearray(sending.code)
    spoilt_code[fault.number // 8 % len(spoilt_code)] ^= 1 << fault.number % 8
    return replace(sending, code=bytes(spoilt_code))


_SPOIL: Final[dict[str, Callable[[_Sending, ScanFault], _Sending]]] = {
    "half": lambda sending, fault: replace(sending, code=sending.code[: fault.number]),
    "unfinished": lambda sending, fault: replace(sending, code=sending.code[: fault.number], end=b""),
    "unplug": lambda sending, fault: replace(
        sending, code=sending.code[: fault.number], end=b"", unplug=True
    ),
    "noise": lambda sending, fault: replace(sending, begin=NOISE + sending.begin),
    "aim": lambda sending, fault: replace(sending, begin=sending.begin + b"]Q1"),
    "flip": _flip,
}
