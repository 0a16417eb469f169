"""A simulated device on its cable, with a second port for control lines where asked for.

What is particular to one machine is in its own folder. Parsing of command lines is not here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from counter_app.simulators.control import Control, ControlPort
from counter_app.simulators.line import ByteDevice, LineServer
from counter_app.simulators.place import open_place, serve_tcp
from counter_app.simulators.trouble import Troubled


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceServing:
    """Where and how: `tcp` as HOST:PORT (port 0: any), as a HID device at the path `hid`, else a pseudo
    terminal, named by `link` if given.

    `control` is HOST:PORT of a second port for control lines, `faults` are those of the device's
    `faults.py`, `baudrate` None sends and takes bytes as fast as they come.
    """

    tcp: str | None = None
    link: Path | None = None
    hid: Path | None = None
    faults: tuple[str, ...] = ()
    control: str | None = None
    baudrate: int | None = None


class RunningDevice:
    """A device being served: for a demo window in the same process, and for `serve_until_quit`."""

    def __init__(self, device: ByteDevice, control: Control, serving: DeviceServing) -> None:
        """Raises AddressBad, PlaceTaken, NoPty."""
        self.trouble = Troubled(device)
        with ExitStack() as stack:
            self.line = stack.enter_context(
                open_place(
                    self.trouble,
                    tcp=serving.tcp,
                    link=serving.link,
                    baudrate=serving.baudrate,
                    hid=serving.hid,
                )
            )
            self.trouble.attach(self.line)
            control.attach(self.line, self.trouble)
            self.control_line: LineServer | None = None
            if serving.control is not None:
                self.control_line = stack.enter_context(serve_tcp(ControlPort(control), serving.control))
            self._lines = stack.pop_all()
        self._control = control

    @property
    def url(self) -> str:
        """What to give the driver as its port; a pseudo terminal plugged in again has another one."""
        return self.line.url

    @property
    def quit(self) -> threading.Event:
        """Set once a control line said `quit`."""
        return self._control.quit

    def run(self, line: str) -> tuple[str, ...]:
        """Carry out one control line; the answer's lines."""
        return self._control.run(line)

    def stop(self) -> None:
        self._lines.close()
        self.trouble.stop()


def serve_until_quit(
    running: RunningDevice, name: str, commands: Iterable[str], say: Callable[[str], None]
) -> None:
    """Serve until `quit`, or an interrupt. `commands` are control lines (standard input); when
    they end the device goes on. `say` gets `NAME URL`, `control URL`, then the answers.
    """
    try:
        say(f"{name} {running.url}")
        if running.control_line is not None:
            say(f"control {running.control_line.url}")
        for line in commands:
            for row in running.run(line):
                say(row)
            if running.quit.is_set():
                break
        running.quit.wait()
    except KeyboardInterrupt:
        pass  # the way a person ends it at a terminal
    finally:
        running.stop()
