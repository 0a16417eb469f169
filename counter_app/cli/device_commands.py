"""`read-card`, and the simulated devices: `simulate reader`, `printer`, `scanner`, `mrz`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from counter_app.cli.attached_machine import SimulatorOptions
from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.domain.identity.document import SEX_NAMES, TYPE_NAMES, IdentityDocument
from counter_app.domain.identity.layouts import LONG_TERM
from counter_app.i18n import Translator
from counter_app.peripherals import Kind

SIMULATED: Final = {
    Kind.CAMERA: "a document camera that gives its picture at an address",
    Kind.DOCUMENT_SCANNER: "a document scanner that speaks eSCL",
    Kind.RATING_PAD: "a rating pad with five keys",
    Kind.LED_STRIP: "an LED strip whose text can be read",
    Kind.DRAWER: "a cash drawer that says whether it is open",
}


def add(parsers: Any) -> None:
    read = add_command(parsers, "read-card", read_card, "read one identity card and print its fields")
    read.add_argument(
        "--port", required=True, metavar="URL", help="any pyserial URL: /dev/ttyUSB0, COM3, socket://…"
    )
    read.add_argument("--baudrate", type=int, default=115200)
    read.add_argument("--timeout", type=float, default=10.0, metavar="S", help="seconds to wait for a card")
    group = add_group(parsers, "simulate", "devices made of software that speak the same bytes")
    reader = add_command(group, "reader", simulate_reader, "an ID-card reader")
    _add_place(reader, hid=True)
    reader.add_argument("--tray", type=Path, help="a file of made-up citizens")
    reader.add_argument("--card", default="", metavar="NAME", help="lay this card on at once")
    printer = add_command(group, "printer", simulate_printer, "a thermal printer")
    _add_place(printer)
    printer.add_argument("--width", type=int, choices=(80, 58), default=80, help="millimetres of paper")
    printer.add_argument("--papers", type=Path, metavar="DIR", help="keep every paper as picture and bytes")
    _add_place(add_command(group, "scanner", simulate_scanner, "a scanner for bar and QR codes"))
    card = add_command(group, "card", simulate_card, "a smart card in vpcd's slot: lay SERIAL · lift · quit")
    card.add_argument("--serial", default="", metavar="HEX", help="lay this card on at once")
    evolis = add_command(group, "evolis", simulate_evolis, "build the Evolis library made of software")
    evolis.add_argument("library", type=Path, metavar="FILE", help="where; a folder is then its printer")
    add_command(group, "photo", simulate_photo, "a photo decoder: WLT in, PNG out")
    _add_place(add_command(group, "mrz", simulate_mrz, "a reader for the lines of passports and permits"))

    for kind, help in SIMULATED.items():
        simulated = add_command(group, kind.value, simulate_device, help)
        simulated.set_defaults(kind=kind)
        _add_place(simulated)


def _add_place(parser: argparse.ArgumentParser, *, hid: bool = False) -> None:
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--tcp", metavar="HOST:PORT")
    place.add_argument(
        "--pty", nargs="?", const="", metavar="LINK", help="a pseudo terminal, under this name"
    )
    if hid:
        place.add_argument("--hid", type=Path, metavar="FILE", help="a USB device of the kind HID (Linux)")
    parser.add_argument("--control", metavar="HOST:PORT", help="a second port that takes control lines")
    parser.add_argument(
        "--fault", action="append", default=[], help="misbehave like this; may be given often"
    )


def _options(call: Call) -> SimulatorOptions:
    given = call.arguments
    return SimulatorOptions(
        tcp=given.tcp,
        link=Path(given.pty) if given.pty else None,
        hid=getattr(given, "hid", None),
        control=given.control,
        faults=tuple(given.fault),
        tray=getattr(given, "tray", None),
        card=getattr(given, "card", ""),
        width=getattr(given, "width", 80),
        papers=getattr(given, "papers", None),
    )


def _say(line: str) -> None:
    print(line, flush=True)


def simulate_reader(call: Call) -> int:
    call.machine.simulate_reader(_options(call), sys.stdin, _say)
    return DONE


def simulate_printer(call: Call) -> int:
    call.machine.simulate_printer(_options(call), sys.stdin, _say)
    return DONE


def simulate_scanner(call: Call) -> int:
    call.machine.simulate_scanner(_options(call), sys.stdin, _say, documents=False)
    return DONE


def simulate_card(call: Call) -> int:
    call.machine.simulate_card(call.arguments.serial, sys.stdin, _say)
    return DONE


def simulate_evolis(call: Call) -> int:
    call.machine.attached.build_evolis(call.arguments.library)
    call.say({"library": call.arguments.library}, [str(call.arguments.library)])
    return DONE


def simulate_photo(call: Call) -> int:
    """The protocol of `devices/id_card/photo_plugin.py`; exit 1 for what is no photo."""
    try:
        picture = call.machine.decode_photo(sys.stdin.buffer.read())
    except ValueError:
        return NO
    sys.stdout.buffer.write(picture)
    return DONE


def simulate_mrz(call: Call) -> int:
    call.machine.simulate_scanner(_options(call), sys.stdin, _say, documents=True)
    return DONE


def simulate_device(call: Call) -> int:
    call.machine.attached.simulate_device(call.arguments.kind, _options(call), sys.stdin, _say)
    return DONE


def read_card(call: Call) -> int:
    """All fields by name; those that the layout lacks are empty in JSON and left out of the lines."""
    given = call.arguments
    card = call.machine.read_card(given.port, given.baudrate, given.timeout).document
    fields = {name: getattr(card, name) for name in card.__dataclass_fields__ if name != "photo"}
    fields["photo_bytes"] = len(card.photo)
    call.say(fields, _lines(card, call.t))
    return DONE


def _lines(card: IdentityDocument, t: Translator) -> list[str]:
    said = {
        "kind": f"{card.kind} {t(TYPE_NAMES[card.kind])}",
        "name": card.name,
        "name_latin": card.name_latin,
        "number": card.number,
        "sex": f"{card.sex} {t(SEX_NAMES[card.sex])}",
        "nation": f"{card.nation.code} {card.nation.name}".strip(),
        "birth": card.birth or card.birth_part,
        "address": card.address,
        "newest_address": card.newest_address,
        "authority": card.authority,
        "valid_from": card.valid_from,
        "valid_to": LONG_TERM if card.long_term else card.valid_to,
        "pass_number": card.pass_number,
        "times_issued": card.times_issued,
        "nationality": card.nationality,
        "old_number_item": card.old_number_item,
        "version": card.version,
        "photo_bytes": len(card.photo),
    }
    warnings = [f"! {t(warning.message, **warning.places)}" for warning in card.warnings]
    return [f"{name}: {value}" for name, value in said.items() if value not in ("", None)] + warnings
