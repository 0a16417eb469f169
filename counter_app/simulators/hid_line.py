"""A simulated device as Linux shows one of USB's kind HID: whole reports, no stream.

A socket that keeps their borders stands in for the device's file.
Reports go out filled up with zeros; `counted` ones begin with the number of bytes that are meant.
"""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from counter_app.simulators.line import ByteDevice, Channel, LineServer

REPORT: Final = 64

if sys.platform == "linux":

    class _Reports:
        """One program that has the file open."""

        def __init__(self, line: socket.socket, *, counted: bool) -> None:
            self._line = line
            self._counted = counted

        def fileno(self) -> int:
            return self._line.fileno()

        def recv(self, size: int, /) -> bytes:
            """What is meant of a report; before it stands its number, 0."""
            report = self._line.recv(size)[1:]
            return report[1 : 1 + report[0]] if self._counted and report else report

        def send(self, data: bytes, /) -> int:
            """One report; how many of the bytes went out in it."""
            room = REPORT - self._counted
            piece = data[:room]
            head = bytes((len(piece),)) if self._counted else b""
            self._line.send(head + piece.ljust(room, b"\0"))
            return len(piece)

        def close(self) -> None:
            self._line.close()

    class HidSocket:
        """Listens at a path; pulling the cable takes the path away, as the system does with the file."""

        def __init__(self, path: Path, *, counted: bool) -> None:
            self._path = path
            self._counted = counted
            self._listener: socket.socket | None = None

        def open(self) -> str:
            self._path.unlink(missing_ok=True)
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            try:
                listener.bind(str(self._path))
                listener.listen(1)
            except OSError:
                listener.close()
                raise
            listener.setblocking(False)
            self._listener = listener
            return f"hid://{self._path}" + ("?counted=1" if self._counted else "")

        def accept(self, wait_readable: Callable[[int], bool]) -> Channel | None:
            if self._listener is None or not wait_readable(self._listener.fileno()):
                return None
            try:
                line, _ = self._listener.accept()
            except OSError:
                return None
            line.setblocking(False)
            return _Reports(line, counted=self._counted)

        def close(self) -> None:
            if self._listener is not None:
                self._listener.close()
                self._listener = None
                with contextlib.suppress(OSError):
                    self._path.unlink()

    def hid_line(device: ByteDevice, path: Path, *, counted: bool = False) -> LineServer:
        """Serve `device` at `path`. Raises OSError where that cannot be."""
        return LineServer(device, HidSocket(path, counted=counted))
