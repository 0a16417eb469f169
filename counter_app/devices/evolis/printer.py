"""An Evolis card printer: each question and each card in a child process, watched and ended in time."""

from __future__ import annotations

import ctypes.util
import json
import platform
import queue
import subprocess
import sys
import threading
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from counter_app.devices.evolis.codes import STATE_WHY, ended, refused, state_of
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.ports.peripherals import Identity
from counter_app.use_cases.ports.printing import DrawnCard, PrinterState, PrintOutcome, Why

SCHEME: Final = "evolis"
SIMULATED: Final = "SIMULATED"  # what this program's own library calls its printer
SIDES: Final = ("both", "front", "back")
BOTH: Final = SIDES[0]
LOOK_SECONDS: Final = 30.0
PRINT_SECONDS: Final = 180
GRACE_SECONDS: Final = 10.0
NO_WINDOW: Final = 0x08000000 if sys.platform == "win32" else 0
NOBODY: Final = Identity()
_CHILD: Final = ("-m", "counter_app.devices.evolis.child")


class NoLibrary(UserFacingError):
    def __init__(self, why: str = "") -> None:
        super().__init__(
            "card-printer.no-library",
            mark("The maker's library for Evolis printers is not on this machine."),
            kept=mark("Nothing was printed."),
            remedy=mark("Install the Evolis SDK, or name its library in the option library."),
            why=why,
        )


@dataclass(frozen=True, slots=True)
class Looked:
    """What a printer says of itself; `ribbon` is a line worth showing, "" for none."""

    state: PrinterState
    identity: Identity = NOBODY
    ribbon: str = ""


class EvolisPrinter:
    """A `CardPrinter`. `library` is the path of the maker's library, "": where it usually lies."""

    def __init__(
        self,
        printer: str,
        library: str = "",
        *,
        sides: str = BOTH,
        print_seconds: int = PRINT_SECONDS,
        look_seconds: float = LOOK_SECONDS,
        grace: float = GRACE_SECONDS,
    ) -> None:
        """`sides` is `both`, or the one that is printed (`front`, `back`). An answer may take `look_seconds`,
        a print's end `print_seconds` and `grace`. UserFacingError `card-printer.no-library`."""
        self._sides = sides
        self._printer = printer
        self._library = library or usual_library()
        self._print_seconds = print_seconds
        self._look_seconds, self._grace = look_seconds, grace

    def print_card(self, name: str, card: DrawnCard, order: str = "") -> PrintOutcome:
        """See `CardPrinter`. Raises NoLibrary."""
        faces = card.faces()
        if self._sides != BOTH:
            faces = faces[:1] if self._sides == SIDES[1] else faces[-1:]
        size = sum(map(len, faces))
        request = self._request("print") | {
            "faces": [b64encode(face).decode() for face in faces],
            "seconds": self._print_seconds,
        }
        with _Child(request) as child:
            first = child.answer(self._look_seconds)
            if first is None:
                return PrintOutcome.failed(Why.SILENT)
            if "state" not in first:
                return _absent(first)
            state = state_of(*first["state"])
            if not state.can_print:
                return PrintOutcome.failed(STATE_WHY.get(state, Why.OFFLINE))
            child.go_on()
            second = child.answer(self._look_seconds)
            if second is None or "sending" not in second:
                return refused(second["refused"]) if second else PrintOutcome.failed(Why.SILENT)
            last = child.answer(self._print_seconds + self._grace)
            return PrintOutcome.unconfirmed(size, Why.NO_ANSWER) if last is None else ended(last["end"], size)

    def state(self) -> PrinterState:
        try:
            return self.look().state
        except NoLibrary:
            return PrinterState.ABSENT

    def take_out(self, name: str, order: str) -> PrintOutcome:
        """There is no queue: a card that moved is out or stuck."""
        return PrintOutcome.unconfirmed(0, Why.STOPPED)

    def look(self) -> Looked:
        """Raises NoLibrary."""
        with _Child(self._request("look")) as child:
            found = child.answer(self._look_seconds)
        if found is None:
            return Looked(PrinterState.SILENT)
        if "state" not in found:
            _absent(found)
            return Looked(PrinterState.ABSENT)
        maker, ribbon = found["maker"], found["ribbon"]
        model = maker["model"]
        identity = Identity("Evolis", model, maker["serial"], maker["firmware"], simulated=model == SIMULATED)
        told = f"{ribbon['description']} {ribbon['remaining']}/{ribbon['capacity']}" if ribbon else ""
        return Looked(state_of(*found["state"]), identity, told)

    def close(self) -> None:
        """Nothing is held open."""

    def _request(self, do: str) -> dict[str, Any]:
        return {"do": do, "library": self._library, "printer": self._printer}


def evolis_printers(library: str = "") -> tuple[tuple[str, str], ...]:
    """Names and what they are called; none without the maker's library."""
    try:
        request = {"do": "find", "library": library or usual_library()}
    except NoLibrary:
        return ()
    with _Child(request) as child:
        found = child.answer(LOOK_SECONDS)
    return tuple((name, told) for name, told in (found or {}).get("printers", ()))


def usual_library() -> str:
    """Where the maker's set-up puts it, or its package for Python. Raises NoLibrary."""
    for place in sys.path:
        for name in ("libevolis.so", "libevolis.dylib", "evolis.dll"):
            path = Path(place) / "evolis" / "lib" / _platform() / name
            if path.exists():
                return str(path)
    found = ctypes.util.find_library("evolis")
    if found is None:
        raise NoLibrary
    return found


def _platform() -> str:
    """The package's own name for this machine."""
    if sys.platform == "darwin":
        return "macos"
    if sys.platform == "win32":
        return "windows-x86_64" if sys.maxsize > 1 << 32 else "windows-x86"
    return f"linux-{platform.machine()}"


def _absent(answer: dict[str, Any]) -> PrintOutcome:
    if answer.get("error") == "no-library":
        raise NoLibrary(answer.get("why", ""))
    return PrintOutcome.failed(Why.ABSENT)


class _Child:
    """One child and its answers; however it ends, it is gone after the block."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._request = request

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, *_CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            creationflags=NO_WINDOW,
        )
        self._answers: queue.Queue[str] = queue.Queue()
        self._reading = threading.Thread(target=self._read, name="evolis", daemon=True)
        self._reading.start()
        self._write(json.dumps(self._request))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
        except OSError:
            pass  # it died with our words still in the pipe
        try:
            self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reading.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def answer(self, seconds: float) -> dict[str, Any] | None:
        """The next one; None when it died or says nothing in time."""
        try:
            line = self._answers.get(timeout=seconds)
            found: dict[str, Any] = json.loads(line)
        except (queue.Empty, ValueError):
            return None
        return found

    def go_on(self) -> None:
        self._write("go")

    def _write(self, line: str) -> None:
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()
        except OSError:
            pass  # it died: no answer will come

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._answers.put(line)
        self._answers.put("")  # its end
