"""Where a simulated serial device is plugged in: a TCP port, or a pseudo terminal on POSIX.

A `LineServer` owns one thread. It waits for a client, hands the arriving bytes to a `ByteDevice` and
sends what the device answers; it can be unplugged in the middle of a reply and plugged in again, as
a cable can. With a `baudrate` the bytes take the time they would take on the wire. What the bytes
mean is deliberately not here: that is the business of the reader's and the printer's simulator.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

if sys.platform != "win32":
    import tty

BITS_PER_BYTE: Final = 10  # 8N1: one start bit, eight data bits, one stop bit
CHUNK: Final = 256
PATIENCE: Final = 0.5  # seconds between two looks at the stop flag, should a wake-up ever be missed


class Wire(Protocol):
    """What a device sees of its cable. All calls may come from any thread."""

    def send(self, data: bytes) -> None:
        """Send to the client; silently dropped while nobody is connected."""

    def unplug(self) -> None:
        """Pull the cable: the client sees its port die. Stays out until `plug`."""

    def wait(self, seconds: float) -> bool:
        """Let time pass; False as soon as the line is stopped or unplugged."""


class ByteDevice(Protocol):
    """A simulated device. All calls come from the line's one thread, so `feed` may take its time."""

    def connected(self, wire: Wire) -> None:
        """A client is there (on a pseudo terminal: the cable was plugged in)."""

    def feed(self, data: bytes) -> None:
        """Bytes from the client, in pieces of any size."""

    def disconnected(self) -> None:
        """The client left, or the cable was pulled."""


class Channel(Protocol):
    """One connection with a client. `recv` gives b"" and `send` raises OSError at its end."""

    def fileno(self) -> int: ...
    def recv(self, size: int, /) -> bytes: ...
    def send(self, data: bytes, /) -> int: ...
    def close(self) -> None: ...


class Socket(Protocol):
    """Where clients come in: opened when plugged, closed when unplugged."""

    def open(self) -> str:
        """Give the pyserial URL of the line. Raises OSError when it cannot be opened."""

    def accept(self, wait_readable: Callable[[int], bool]) -> Channel | None:
        """The next client, or None after a while; `wait_readable(fileno)` is the way to wait."""

    def close(self) -> None: ...


class LineServer:
    """One simulated cable with its thread. Use `tcp_line` or `pty_line` to make one."""

    def __init__(self, device: ByteDevice, socket_: Socket, *, baudrate: int | None = None) -> None:
        self._device = device
        self._socket = socket_
        self._baudrate = baudrate
        self._url = socket_.open()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_out.setblocking(False)
        self._changed = threading.Condition(threading.RLock())
        self._stopping = False
        self._pulled = False  # the cable is out now
        self._pull_due = False  # it was pulled and the line's thread has yet to close the socket
        self._out = False  # the socket is closed
        self._channel: Channel | None = None
        self._sending = threading.RLock()  # a channel is not closed under a sender, replies do not mix
        self._thread = threading.Thread(target=self._run, name="simulated-line", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The pyserial URL clients open: `socket://127.0.0.1:41234`, `/dev/pts/7`."""
        return self._url

    @property
    def is_connected(self) -> bool:
        return self._channel is not None

    def send(self, data: bytes) -> None:
        """See `Wire.send`. Takes wire time when the line has a baud rate."""
        with self._sending:
            for start in range(0, len(data), CHUNK):
                piece = data[start : start + CHUNK]
                if not self._pace(len(piece)) or not self._send_whole(piece):
                    return

    def wait(self, seconds: float) -> bool:
        """See `Wire.wait`."""
        with self._changed:
            gone = self._changed.wait_for(self._is_ending, max(seconds, 0.0))
        return not gone

    def _is_ending(self) -> bool:
        return self._stopping or self._pull_due

    def unplug(self) -> None:
        """See `Wire.unplug`."""
        with self._changed:
            self._pulled = self._pull_due = True
            self._changed.notify_all()
        self._wake()
        if threading.current_thread() is not self._thread:
            with self._changed:  # out when this returns, unless a sender holds it
                self._changed.wait_for(lambda: self._stopping or self._out, PATIENCE)

    def plug(self) -> None:
        """Put the cable back; a client that comes now can connect. Nothing happens when it is in."""
        with self._changed:
            self._pulled = False
            self._changed.notify_all()
            if threading.current_thread() is not self._thread:
                self._changed.wait_for(lambda: self._stopping or not self._pull_due, PATIENCE)

    def stop(self) -> None:
        """Close the line and join its thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._wake()
        if threading.current_thread() is not self._thread:
            self._thread.join()
            self._wake_in.close()
            self._wake_out.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        while not self._stopping:
            if self._pull_due:
                self._stay_out()
                continue
            channel = self._socket.accept(self._wait_readable)
            if channel is not None:
                self._serve(channel)
        self._socket.close()

    def _stay_out(self) -> None:
        self._socket.close()
        with self._changed:
            self._out = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._stopping or not self._pulled)
        if not self._stopping:
            self._url = self._socket.open()
        with self._changed:
            self._out = False
            self._pull_due = self._pulled  # it may have been pulled again
            self._changed.notify_all()

    def _serve(self, channel: Channel) -> None:
        self._channel = channel
        self._device.connected(self)
        try:
            while not self._is_ending():
                if not self._wait_readable(channel.fileno()):
                    continue
                data = channel.recv(CHUNK)
                if not data:
                    break
                if not self._pace(len(data)):
                    break
                self._device.feed(data)
        except OSError:
            pass  # the client is gone: the normal end of a connection
        finally:
            with self._sending:
                self._channel = None
                channel.close()
            self._device.disconnected()

    def _send_whole(self, piece: bytes) -> bool:
        """Write all of `piece`; a full pipe is waited for, a lost client is the end of it."""
        while piece:
            channel = self._channel
            if channel is None or self._is_ending():
                return False
            try:
                _, writable, _ = select.select([], [channel.fileno()], [], PATIENCE)
                if writable:
                    piece = piece[channel.send(piece) :]
            except BlockingIOError:
                continue
            except (OSError, ValueError):
                return False
        return True

    def _pace(self, count: int) -> bool:
        if self._baudrate is None:
            return not self._is_ending()
        return self.wait(count * BITS_PER_BYTE / self._baudrate)

    def _wait_readable(self, fileno: int) -> bool:
        ready, _, _ = select.select([fileno, self._wake_in.fileno()], [], [], PATIENCE)
        if self._wake_in.fileno() in ready:
            self._wake_in.recv(CHUNK)
        return fileno in ready

    def _wake(self) -> None:
        # a full or closed wake-up pipe means that the thread is awake or gone already
        with contextlib.suppress(OSError):
            self._wake_out.send(b".")


class TcpSocket:
    """Listens on one TCP port, the same one each time it is plugged in."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._listener: socket.socket | None = None

    def open(self) -> str:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there the option would let a second program share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self._host, self._port))
            listener.listen(1)
        except OSError:
            listener.close()
            raise
        listener.setblocking(False)
        self._port = listener.getsockname()[1]
        self._listener = listener
        return f"socket://{self._host}:{self._port}"

    def accept(self, wait_readable: Callable[[int], bool]) -> Channel | None:
        if self._listener is None or not wait_readable(self._listener.fileno()):
            return None
        try:
            client, _ = self._listener.accept()
        except OSError:
            return None  # the client changed its mind between select and accept
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client

    def close(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None


def tcp_line(
    device: ByteDevice, host: str = "127.0.0.1", port: int = 0, *, baudrate: int | None = None
) -> LineServer:
    """Serve `device` on TCP, `port` 0 for any free one. Raises OSError when the port is taken."""
    return LineServer(device, TcpSocket(host, port), baudrate=baudrate)


if sys.platform != "win32":

    class _Master:
        """The device's end of a pseudo terminal."""

        def __init__(self, fd: int) -> None:
            self._fd = fd

        def fileno(self) -> int:
            return self._fd

        def recv(self, size: int, /) -> bytes:
            return os.read(self._fd, size)

        def send(self, data: bytes, /) -> int:
            return os.write(self._fd, data)

        def close(self) -> None:
            """The socket closes it: a serial cable stays in when a program lets go of the port."""

    class PtySocket:
        """A pseudo terminal whose client is always there, as with a serial cable.

        Each plugging-in makes a new one; `link` is a symbolic link that follows it, so that a
        client finds the device again under one name. Closing the master is an unplugging.
        """

        def __init__(self, link: Path | None) -> None:
            self._link = link
            self._fds: tuple[int, int] | None = None

        def open(self) -> str:
            master, slave = os.openpty()
            tty.setraw(slave)
            os.set_blocking(master, False)
            self._fds = (master, slave)  # our slave end keeps the line up while no client has it open
            name = os.ttyname(slave)
            if self._link is None:
                return name
            fresh = self._link.with_name(f"{self._link.name}.{os.getpid()}")
            fresh.symlink_to(name)
            fresh.replace(self._link)
            return str(self._link)

        def accept(self, wait_readable: Callable[[int], bool]) -> Channel | None:
            return None if self._fds is None else _Master(self._fds[0])

        def close(self) -> None:
            if self._fds is not None:
                for fd in self._fds:
                    os.close(fd)
                self._fds = None
            if self._link is not None and self._link.is_symlink():
                self._link.unlink()

    def pty_line(device: ByteDevice, *, link: Path | None = None, baudrate: int | None = None) -> LineServer:
        """Serve `device` on a new pseudo terminal (POSIX only). Raises OSError when none is free."""
        return LineServer(device, PtySocket(link), baudrate=baudrate)
