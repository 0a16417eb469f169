"""What every workspace is given: presence in the home, its reader, command keys."""

from __future__ import annotations

import hashlib
import platform
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from typing import TypedDict

from counter_app.bootstrap.program import open_program
from counter_app.devices.attached import line_settings
from counter_app.devices.frames.peripheral import is_keypad
from counter_app.devices.id_card.no_reader import NoReader
from counter_app.devices.id_card.photo_plugin import PhotoPlugin
from counter_app.devices.id_card.reader_lane import ReaderLane
from counter_app.devices.pcsc.peripheral import slot_lane
from counter_app.devices.printer.peripheral import profile_of
from counter_app.devices.printer.profiles import GENERIC_80
from counter_app.devices.scanner.peripheral import KEYBOARD, USUAL_PREFIX, scanner_line
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.keeper.watch import KeeperWatch
from counter_app.locks import presence
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.peripherals.held import HeldReader, HeldSource, Tap
from counter_app.use_cases.ports.identity import CardReader
from counter_app.use_cases.ports.inputs import NamedSource, TextSource
from counter_app.use_cases.ports.peripherals import Bench
from counter_app.use_cases.ports.printing import PrinterProfile
from counter_app.use_cases.program import Program

Hold = Callable[[Tap], None]


def attend(home: Home, held: ExitStack) -> Program:
    """Be present in the home: its keeper runs as long as somebody is."""

    home.make_folders()
    present = presence(home.locks)
    present.take(shared=True)
    held.callback(present.release)
    held.enter_context(KeeperWatch(home))
    return held.enter_context(open_program(home.path))


def nobody(tap: Tap) -> None:
    """Who knows of no held reader: a window without a page of the peripherals."""


def card_reader(home: Home, workspace: str, hold: Hold = nobody) -> CardReader:
    """The workspace's ID-card reader, not started; one that says so when none is declared. `hold` is told
    of it, since nobody else can ask it while the window has its port."""

    declared = home.peripherals.first(Kind.ID_READER, workspace)
    if declared is None:
        return NoReader()
    fastest = declared.options.get("fastest") is True
    settings = line_settings(declared, bench(home, workspace))
    lane = ReaderLane(settings, fastest=fastest, real_only=not home.training)
    tap = Tap(declared.kind, declared.url, lane, PhotoPlugin(declared.text("photo_decoder")))
    hold(tap)
    return HeldReader(lane, tap)


def text_sources(home: Home, workspace: str, hold: Hold = nobody) -> tuple[NamedSource, ...]:
    """Scanners and passport readers on lines of their own, and slots for smart cards; not started. `hold` as
    for `card_reader`."""
    declared = (
        one for kind in (Kind.SCANNER, Kind.MRZ_READER) for one in home.peripherals.used(kind, workspace)
    )
    own = bench(home, workspace)
    lanes: list[tuple[Peripheral, TextSource]] = [
        (one, scanner_line(one, own)) for one in declared if one.url != KEYBOARD
    ]
    lanes += [(one, slot_lane(one, own)) for one in home.peripherals.used(Kind.CARD_SLOT, workspace)]
    found = []
    for one, lane in lanes:
        tap = Tap(one.kind, one.url, lane)
        hold(tap)
        found.append(NamedSource(one.name, HeldSource(lane, tap)))
    return tuple(found)


def scan_prefix(home: Home, workspace: str) -> str:
    """The key that this workspace's scanner at the keyboard's cable sends first, in Qt's spelling."""
    scanners = home.peripherals.used(Kind.SCANNER, workspace)
    return next((one.text("prefix", USUAL_PREFIX) for one in scanners if one.url == KEYBOARD), USUAL_PREFIX)


def has_keypad(home: Home, workspace: str) -> bool:
    """Whether the citizen has a keypad whose keys come to this workspace's window."""
    return any(is_keypad(one) for one in home.peripherals.used(Kind.RATING_PAD, workspace))


def photo_decoder(home: Home, workspace: str) -> PhotoPlugin | None:
    """The vendor's decoder of the workspace's ID reader, None where none is installed."""
    declared = home.peripherals.first(Kind.ID_READER, workspace)
    command = declared.text("photo_decoder") if declared else ""
    return PhotoPlugin(command) if command else None


class Readers(TypedDict):
    """What a clerk's workspace is given besides its card reader."""

    sources: tuple[NamedSource, ...]
    scan_prefix: str
    photo: PhotoPlugin | None


def readers(home: Home, workspace: str, hold: Hold = nobody) -> Readers:
    """Scanners with a line of their own, what those at the keyboard's cable send first, the photo decoder."""
    return Readers(
        sources=text_sources(home, workspace, hold),
        scan_prefix=scan_prefix(home, workspace),
        photo=photo_decoder(home, workspace),
    )


def bench(home: Home, owner: str) -> Bench:
    """From where this process asks the peripherals of its home."""
    return Bench(home.locks, owner, home.training)


def queue_owner(home: Home) -> str:
    """How this home is called in a print queue that machines share; other homes may bear the same device."""
    place = "|".join((platform.node(), str(home.path.resolve()), home.hall, home.device))
    return f"{home.device}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"


def roll_profile(home: Home) -> PrinterProfile:
    """What the home's receipt printer is; the usual 80 mm where none is declared, or one unknown here."""
    declared = home.peripherals.first(Kind.PRINTER, "counter") or home.peripherals.first(Kind.PRINTER)
    try:
        return GENERIC_80 if declared is None else profile_of(declared)
    except UserFacingError:
        return GENERIC_80


def new_key() -> str:
    """A command key for one key press."""
    return uuid.uuid4().hex
