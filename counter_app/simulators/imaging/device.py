"""The two devices as bytes: a little web server on a simulated cable. Operating them is `control`'s."""

from __future__ import annotations

import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final

from counter_app.simulators.imaging.faults import ImagingFault, parse_imaging_fault
from counter_app.simulators.imaging.pages import scanned, under_camera
from counter_app.simulators.line import Wire

MOST_ASKED: Final = 1 << 16
JPEG: Final = "image/jpeg"
XML: Final = "text/xml"
_LENGTH: Final = re.compile(rb"content-length:\s*(\d{1,6})", re.IGNORECASE)
_STATUS_XML: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus '
    'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" '
    'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"><pwg:Version>2.6</pwg:Version>'
    "<pwg:State>{state}</pwg:State><scan:AdfState>{adf}</scan:AdfState></scan:ScannerStatus>"
)
_CAPABILITIES_XML: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><scan:ScannerCapabilities '
    'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" '
    'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"><pwg:Version>2.6</pwg:Version>'
    "<pwg:MakeAndModel>Simulated document scanner</pwg:MakeAndModel>"
    "<pwg:SerialNumber>SIM-0001</pwg:SerialNumber></scan:ScannerCapabilities>"
)
_REASONS: Final = {
    200: "OK",
    201: "Created",
    404: "Not Found",
    405: "Not Allowed",
    409: "Conflict",
    503: "Busy",
}


class WebSimulator(ABC):
    """A `ByteDevice` that answers HTTP, one question at a time, of `most` bytes. `fault` stays until it is
    taken away."""

    most = MOST_ASKED

    def __init__(self) -> None:
        self._wire: Wire | None = None
        self._buffer = b""
        self._guard = threading.Lock()
        self._fault: ImagingFault | None = None

    def add_fault(self, text: str) -> None:
        """`none` ends it. Raises ImagingFaultUnknown."""
        fault = None if text.strip() == "none" else parse_imaging_fault(text)
        with self._guard:
            self._fault = fault

    @property
    def fault(self) -> ImagingFault | None:
        with self._guard:
            return self._fault

    def connected(self, wire: Wire) -> None:
        self._wire, self._buffer = wire, b""

    def disconnected(self) -> None:
        self._wire = None

    def feed(self, data: bytes) -> None:
        self._buffer = (self._buffer + data)[-self.most :]
        head, gap, body = self._buffer.partition(b"\r\n\r\n")
        if not gap:
            return
        length = _LENGTH.search(head)
        if len(body) < (int(length[1]) if length else 0):
            return
        self._buffer = b""
        method, _, rest = head.partition(b"\r\n")[0].decode("latin-1").partition(" ")
        self._send(self.answer(method, rest.partition(" ")[0], body))

    @abstractmethod
    def answer(self, method: str, path: str, body: bytes) -> bytes: ...

    def _send(self, reply: bytes) -> None:
        wire, fault = self._wire, self.fault
        if wire is None or (fault is not None and fault.kind == "silent"):
            return
        if fault is not None and fault.kind == "flip" and fault.number < len(reply):
            at = fault.number
            reply = reply[:at] + bytes([reply[at] ^ 0x20]) + reply[at + 1 :]
        if fault is not None and fault.kind == "half":
            reply = reply[: len(reply) // 2]
        if fault is not None and fault.kind == "cut" and fault.number < len(reply):
            wire.send(reply[: fault.number])
            wire.unplug()
            return
        wire.send(reply)

    def _picture(self, data: bytes) -> bytes:
        fault = self.fault
        if fault is not None and fault.kind == "web-page":
            return reply_of(200, b"<html>please log in</html>", "text/html")
        return reply_of(200, data, JPEG)

    def _is(self, kind: str) -> bool:
        fault = self.fault
        return fault is not None and fault.kind == kind


def reply_of(status: int, body: bytes = b"", form: str = XML, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: {form}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{more}Connection: close\r\n\r\n".encode() + body


class SimulatedCamera(WebSimulator):
    """A picture of the page that lies there, at any path."""

    def __init__(self) -> None:
        super().__init__()
        self.page = 1
        self.taken = 0
        self.pictures: Callable[[int], bytes] = under_camera

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        if self._is("busy"):
            return reply_of(503)
        if method != "GET":
            return reply_of(405)
        self.taken += 1
        return self._picture(self.pictures(self.page))


class SimulatedScanner(WebSimulator):
    """eSCL: one job at a time; a flatbed with a page, and a feeder with as many as were put in."""

    def __init__(self) -> None:
        super().__init__()
        self.page = 1
        self.feeder = 0
        self.taken = 0
        self.pictures: Callable[[int], bytes] = scanned
        self._job = 0
        self._feeds = False
        self._open = False
        self._left = 0

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        match method, path:
            case "GET", "/eSCL/ScannerStatus":
                return reply_of(200, _STATUS_XML.format(state=self._state(), adf=self._adf()).encode())
            case "GET", "/eSCL/ScannerCapabilities":
                return reply_of(200, _CAPABILITIES_XML.encode())
            case "POST", "/eSCL/ScanJobs":
                return self._begin(body)
            case "GET", wanted if wanted == f"{self._path}/NextDocument":
                return self._next()
            case "DELETE", wanted if wanted == self._path:
                self._open = False
                return reply_of(200)
        return reply_of(404)

    def power_on(self) -> None:
        """The job under way is forgotten."""
        self._open, self._left = False, 0

    @property
    def _path(self) -> str:
        return f"/eSCL/ScanJobs/{self._job}"

    def _state(self) -> str:
        if self._is("busy") or self._open:
            return "Processing"
        return "Stopped" if self._is("jam") else "Idle"

    def _adf(self) -> str:
        if self._is("jam"):
            return "ScannerAdfJam"
        return "ScannerAdfLoaded" if self.feeder else "ScannerAdfEmpty"

    def _begin(self, body: bytes) -> bytes:
        feeds = b"Feeder" in body
        if self._is("busy") or self._is("jam"):
            return reply_of(503)
        if feeds and not self.feeder:
            return reply_of(409)
        self._job += 1
        self._open, self._feeds, self._left = True, feeds, self.feeder if feeds else 1
        return reply_of(201, more=f"Location: http://scanner{self._path}\r\n")

    def _next(self) -> bytes:
        if not self._open or not self._left:
            self._open = False
            return reply_of(404)
        self._left -= 1
        self.taken += 1
        page = self.page
        if self._feeds:
            self.feeder -= 1
            self.page += 1
        return self._picture(self.pictures(page))
