"""What the training windows say to the simulated devices, and what they get to know of the cards.

Commands are the lines of the simulators' control ports; the composition root binds them. An answer's
last line is `ok`, or `error CODE TEXT`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class TrayControl(Protocol):
    """The simulated reader: `lay KEY`, `lift`, `fault SPEC`, `unplug`, `plug`."""

    def command(self, text: str) -> str: ...


class ScannerControl(Protocol):
    """The simulated scanner: `scan TEXT`, `draw NAME`, `fault SPEC`."""

    def command(self, text: str) -> str: ...


class PrinterControl(Protocol):
    """The simulated printer: `fault KIND`, `mend`."""

    def command(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class TrayCard:
    """A made-up citizen's card. `key` names it to the reader; `kind` and `sex` are translated words,
    `about` says what the card is good for in practice."""

    key: str
    name: str
    sex: str
    birth: date | None
    number: str
    kind: str
    address: str = ""
    about: str = ""


def trouble(answer: str) -> str:
    """What went wrong by an answer's last line; empty when all is well."""
    last = answer.strip().rpartition("\n")[2]
    if not last.startswith("error "):
        return ""
    return last.removeprefix("error ").partition(" ")[2] or last
