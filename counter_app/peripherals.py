"""The peripherals a home declares: what hangs on this machine, where, and who uses it.

They stand in `home.toml` as `[[peripherals]]`; what is wrong there is set aside with its reason and kept as
written, and the program starts with the rest. A real home uses no simulator: neither one marked so nor one
found at an address where only simulators live (decision 021). Drivers are in `devices/`, not here.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

from counter_app.errors import UserFacingError, mark

Setting = str | int | float | bool
EVERYWHERE: Final = ""
WORKSPACES: Final = (EVERYWHERE, "counter", "kiosk", "display", "desk")
LONGEST_NAME: Final = 24
VIRTUAL_SLOT: Final = "virtual pcd"  # how PC/SC names the slots that programs feed
NO_PAPER: Final = "peripheral.no-paper"
_HOSTED: Final = ("tcp", "socket", "rfc2217", "http", "https", "escl", "escls")
_PSEUDO: Final = ("/dev/pts/", "/dev/pty")


class Kind(StrEnum):
    """What a peripheral is. The values stand in `home.toml` and never change."""

    PRINTER = "printer"
    SHEET_PRINTER = "sheet-printer"
    DRAWER = "drawer"
    ID_READER = "id-reader"
    MRZ_READER = "mrz"
    CARD_SLOT = "pcsc"
    SCANNER = "scanner"
    CAMERA = "camera"
    DOCUMENT_SCANNER = "document-scanner"
    RATING_PAD = "rating-pad"
    LED_STRIP = "led"
    SPEAKER = "speaker"
    CARD_PRINTER = "card-printer"

    @property
    def words(self) -> str:
        """English source of its name."""
        return _WORDS[self]


_WORDS: Final = {
    Kind.PRINTER: mark("Receipt printer"),
    Kind.SHEET_PRINTER: mark("A4 printer"),
    Kind.DRAWER: mark("Cash drawer"),
    Kind.ID_READER: mark("ID-card reader"),
    Kind.MRZ_READER: mark("Passport reader"),
    Kind.CARD_SLOT: mark("Smart-card slot"),
    Kind.SCANNER: mark("Code scanner"),
    Kind.CAMERA: mark("Document camera"),
    Kind.DOCUMENT_SCANNER: mark("Document scanner"),
    Kind.RATING_PAD: mark("Rating pad"),
    Kind.LED_STRIP: mark("LED strip"),
    Kind.SPEAKER: mark("Speaker"),
    Kind.CARD_PRINTER: mark("Card printer"),
}


@dataclass(frozen=True, slots=True)
class Peripheral:
    """One declared peripheral.

    `name` is unique in the home. `url` is what the kind's driver understands, `model` one of its profiles
    ("": the driver's usual one). `used_by` is a workspace, "" for all of the machine. `stands_in_for` names
    the receipt printer whose papers it takes over while that one fails; no other kind has stand-ins.
    """

    kind: Kind
    name: str
    url: str
    model: str = ""
    used_by: str = EVERYWHERE
    stands_in_for: str = ""
    simulated: bool = False
    options: Mapping[str, Setting] = field(default_factory=dict)

    def text(self, option: str, default: str = "") -> str:
        return str(self.options.get(option, default))

    def number(self, option: str, default: float = 0) -> float:
        """A number where one is given, else the default: options are checked when they are declared."""
        found = self.options.get(option, default)
        return found if isinstance(found, int | float) else default

    def described(self) -> dict[str, Any]:
        """As it stands in `home.toml`: what is usual is left out."""
        entry: dict[str, Any] = {"kind": self.kind.value, "name": self.name, "url": self.url}
        for key in ("model", "used_by", "stands_in_for", "simulated"):
            if value := getattr(self, key):
                entry[key] = value
        if self.options:
            entry["options"] = dict(self.options)
        return entry


@dataclass(frozen=True, slots=True)
class Misdeclared:
    """An entry that is not used: as written, and why."""

    entry: object
    error: UserFacingError

    @property
    def name(self) -> str:
        return str(self.entry.get("name", "")) if isinstance(self.entry, dict) else ""


@dataclass(frozen=True, slots=True)
class Peripherals:
    """All of a home, in the order declared; `wrong` are kept and never used."""

    declared: tuple[Peripheral, ...] = ()
    wrong: tuple[Misdeclared, ...] = ()

    def __iter__(self) -> Iterator[Peripheral]:
        return iter(self.declared)

    def named(self, name: str) -> Peripheral | None:
        return next((one for one in self.declared if one.name == name), None)

    def used(self, kind: Kind, workspace: str = EVERYWHERE) -> tuple[Peripheral, ...]:
        """Those of a kind that a workspace works with: its own first, then those of the whole machine."""
        found = [one for one in self.declared if one.kind is kind and not one.stands_in_for]
        own = [one for one in found if workspace and one.used_by == workspace]
        return (*own, *(one for one in found if one.used_by == EVERYWHERE or not workspace))

    def first(self, kind: Kind, workspace: str = EVERYWHERE) -> Peripheral | None:
        return next(iter(self.used(kind, workspace)), None)

    def stand_in(self, peripheral: Peripheral) -> Peripheral | None:
        """Who takes over its work."""
        return next((one for one in self.declared if one.stands_in_for == peripheral.name), None)

    def described(self) -> list[Any]:
        """For `home.toml`; what was wrong stays as it was written."""
        return [*(one.described() for one in self.declared), *(one.entry for one in self.wrong)]


def read_peripherals(raw: object, *, training: bool) -> Peripherals:
    """The entries of a home's description. Never raises: what is wrong is set aside with its reason."""
    if not isinstance(raw, list):
        return Peripherals(
            wrong=(
                Misdeclared(
                    raw, _wrong(mark("The peripherals in home.toml must be a list of [[peripherals]]."))
                ),
            )
        )
    return checked(raw, training=training)


def checked(entries: Iterable[object], *, training: bool) -> Peripherals:
    """Entries read one after another, so that names and stand-ins are known; see `read_peripherals`."""
    good: list[Peripheral] = []
    wrong: list[Misdeclared] = []
    for entry in entries:
        try:
            good.append(read_peripheral(entry, training=training, names={one.name for one in good}))
        except UserFacingError as error:
            wrong.append(Misdeclared(entry, error))
    known = {one.name: one for one in good}
    for one in tuple(good):
        if one.stands_in_for and (why := _no_stand_in(one, known.get(one.stands_in_for))):
            good.remove(one)
            wrong.append(Misdeclared(one.described(), _wrong(why)))
    return Peripherals(tuple(good), tuple(wrong))


def _no_stand_in(one: Peripheral, other: Peripheral | None) -> str:
    """Why it cannot stand in for the other, as a marked sentence; "" where it can."""
    if one.kind is not Kind.PRINTER:
        return mark("Only receipt printers stand in for one another: leave stands_in_for out.")
    if other is None or other.kind is not one.kind:
        return mark("A peripheral in home.toml stands in for none of its kind.")
    if other.stands_in_for:
        return mark("A peripheral in home.toml stands in for one that stands in itself.")
    return ""


def read_peripheral(entry: object, *, training: bool, names: Iterable[str] = ()) -> Peripheral:
    """One entry; `names` are taken already. UserFacingError `peripheral.wrong`, `peripheral.simulated`,
    `peripheral.no-paper`."""
    if not isinstance(entry, dict):
        raise _wrong(mark("A peripheral in home.toml must be a table."))
    if entry.get("kind") not in set(Kind):
        raise _wrong(mark("A peripheral in home.toml is of a kind that is not known here."))
    used_by, options = entry.get("used_by", EVERYWHERE), entry.get("options", {})
    texts = [entry.get(key, "") for key in ("name", "url", "model", "stands_in_for")]
    if not all(isinstance(text, str) for text in texts):
        raise _wrong(mark("Name, url, model and stands_in_for of a peripheral in home.toml must be texts."))
    name, url, model, stands_in_for = cast("list[str]", texts)
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise _wrong(mark("A peripheral in home.toml needs a name of at most 24 characters."))
    if name in names:
        raise _wrong(mark("Two peripherals in home.toml bear the same name."))
    if used_by not in WORKSPACES:
        raise _wrong(mark("A peripheral in home.toml is used by a workspace that is not known here."))
    if not isinstance(options, dict) or not all(isinstance(one, Setting) for one in options.values()):
        raise _wrong(mark("The options of a peripheral in home.toml must be plain values."))
    simulated = bool(entry.get("simulated", False))
    found = Peripheral(
        Kind(entry["kind"]), name, url, model, used_by, stands_in_for, simulated, dict(options)
    )
    if not training and (simulated or looks_simulated(found)):
        raise simulator_refused(name)
    if not training and _writes_files(found):
        raise _file_printer_refused(name)
    return found


def looks_simulated(peripheral: Peripheral) -> bool:
    """Whether its address is one where only programs of this machine live; see `leads_to_program`.

    A real device reached through a converter program on this machine says so: option `bridge`.
    """
    return peripheral.options.get("bridge") is not True and leads_to_program(peripheral.url)


def leads_to_program(url: str) -> bool:
    """Loopback in any spelling, a pseudo terminal by whatever link, SANE's test device, a virtual slot.

    Print queues (`ipp`, `cups`) are none of these: a queue of this machine leads to a real printer.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:  # no address at all: its driver says so
        return False
    match parts.scheme:
        case "loop" | "simulated":
            return True
        case "hid" if not host and Path(parts.path).is_socket():  # a simulator in the device file's place
            return True
        case "sane":
            return "test" in parts.path.casefold().split(":")
        case "pcsc":
            return VIRTUAL_SLOT in parts.path.casefold()
        case scheme if scheme in _HOSTED:
            return _is_this_machine(host)
    return os.path.realpath(parts.path).startswith(_PSEUDO)


def _is_this_machine(host: str) -> bool:
    name = host.casefold().rstrip(".")
    if name == "localhost" or name.endswith((".localhost", "localhost.localdomain")):
        return True
    try:
        found = ipaddress.ip_address(name)
    except ValueError:
        try:
            found = ipaddress.ip_address(socket.inet_aton(name))  # 127.1, 0x7f000001
        except (OSError, UnicodeError):
            return False
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_loopback or found.is_unspecified


def simulator_refused(name: str) -> UserFacingError:
    """Training is another world: a real hall's papers and persons go to no simulator."""
    return UserFacingError(
        "peripheral.simulated",
        "{name} is a simulator, and this is a real home.",
        kept="It is not used.",
        remedy="Declare the real device, or set its option bridge if a converter here leads to it.",
        name=name,
    )


def _writes_files(peripheral: Peripheral) -> bool:
    """A receipt printer that is a file: no citizen gets paper from it. A4 sheets and cards may be kept as PDF
    files (decision 034)."""
    if peripheral.kind is not Kind.PRINTER or peripheral.options.get("bridge") is True:
        return False
    return peripheral.url.strip().casefold().startswith("file:")


def _file_printer_refused(name: str) -> UserFacingError:
    return UserFacingError(
        NO_PAPER,
        "{name} writes receipts into files, and this is a real home: no citizen would get paper.",
        kept="It is not used; its entry is kept as it was written.",
        remedy="Declare the real printer. A single paper can be written as a PDF file without any printer.",
        name=name,
    )


def _wrong(why: str) -> UserFacingError:
    """`why` is a marked sentence."""
    return UserFacingError(
        "peripheral.wrong",
        why,
        kept="It is kept as it was written; all others are used.",
        remedy="Correct it on the page of the peripherals, or in home.toml.",
    )


def of_old_form(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The four fixed addresses of earlier homes (`[devices]`) as entries of today's list."""
    width = raw.get("printer_width", 80)
    names = (
        ("printer", Kind.PRINTER, "printer", f"generic-{width}", EVERYWHERE),
        ("reader", Kind.ID_READER, "reader", "", "counter"),
        ("kiosk_reader", Kind.ID_READER, "kiosk-reader", "", "kiosk"),
    )
    return [
        {"kind": kind.value, "name": name, "url": raw[key], "model": model, "used_by": used_by}
        for key, kind, name, model, used_by in names
        if raw.get(key)
    ]
