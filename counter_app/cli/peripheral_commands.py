"""`counter-app peripheral …`: what hangs on this machine: listed, found, added, tried, changed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.errors import UserFacingError, mark
from counter_app.i18n import Translator
from counter_app.peripherals import WORKSPACES, Kind
from counter_app.use_cases.peripherals.desk import BRIDGE, PeripheralDesk, PeripheralRow
from counter_app.use_cases.peripherals.finding import Attached, by_address
from counter_app.use_cases.ports.peripherals import Condition, Seen

DOTS: Final[Mapping[Condition, str]] = {
    Condition.READY: "●",
    Condition.BUSY: "○",
    Condition.ATTENTION: "◆",
    Condition.UNKNOWN: "○",
}
FAULT: Final = "✕"
NOTHING_FOUND: Final = mark("Nothing was found that is not declared already.")
DONE_WORDS: Final = mark("{name} is declared.")
BRIDGED: Final = {f"{BRIDGE}=true": True, f"{BRIDGE}=false": False}
REMOVED: Final = mark("{name} is taken out.")


def add(parsers: Any) -> None:
    group = add_group(parsers, "peripheral", "what hangs on this machine: printers, readers, scanners …")
    add_command(group, "list", list_all, "all that is declared, each with its state")
    add_command(group, "find", find, "what is attached and not declared yet")
    models = add_command(group, "models", show_models, "models, options and an example of a kind")
    models.add_argument("kind", choices=[kind.value for kind in Kind])
    new = add_command(group, "add", add_one, "declare one")
    new.add_argument("kind", choices=[kind.value for kind in Kind])
    new.add_argument("name")
    new.add_argument("url")
    new.add_argument("--simulated", action="store_true", help="a simulator: training homes only")
    _fields(new)
    changed = add_command(group, "set", set_fields, "another address, model, user, stand-in or option")
    changed.add_argument("name")
    changed.add_argument("--url")
    _fields(changed)
    renamed = add_command(group, "name", rename, "give another name")
    renamed.add_argument("name")
    renamed.add_argument("new")
    over = add_command(group, "logo", logo, "put a picture over a printer's papers, or take it off")
    over.add_argument("name")
    over.add_argument("picture", type=Path, nargs="?", help="left out: no logo any more")
    for word, run, help in (
        ("look", look, "ask one how it is"),
        ("test", test, "let one do its work once: a page, a card, a chime"),
        ("remove", remove, "take one out of the list"),
        ("drawer", drawer, "open the cash drawer behind a printer"),
    ):
        add_command(group, word, run, help).add_argument("name")


def _fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model")
    parser.add_argument("--used-by", choices=[one for one in WORKSPACES if one])
    parser.add_argument("--stands-in-for", metavar="NAME")
    parser.add_argument("--option", action="append", default=[], metavar="KEY=VALUE")


def list_all(call: Call) -> int:
    with call.machine.peripherals(call.home) as desk:
        rows = desk.rows()
    call.say([_plain(row) for row in rows], [_line(row, call.t) for row in rows])
    return DONE


def find(call: Call) -> int:
    with call.machine.peripherals(call.home) as desk:
        found = desk.find()
    lines = [_place(place, call.t) for place in by_address(found)]
    call.say(found, lines or [call.t(NOTHING_FOUND)])
    return DONE if found else NO


def show_models(call: Call) -> int:
    with call.machine.peripherals(call.home) as desk:
        driver = desk.driver(Kind(call.arguments.kind))
    told = {"example": driver.example, "models": driver.models, "options": driver.options}
    options = [f"{one.key} = {one.default} · {call.t(one.words)}" for one in driver.options]
    call.say(told, [driver.example, *driver.models, *options])
    return DONE


def add_one(call: Call) -> int:
    given = call.arguments
    entry = {"kind": given.kind, "name": given.name, "url": given.url, **_given(given)}
    if given.simulated:
        entry["simulated"] = True
    if _bridge(given.option):
        entry["options"] = {BRIDGE: True}
    with call.machine.peripherals(call.home) as desk:
        desk.add(entry)
        try:
            _set_options(desk, given.name, given.option)
        except UserFacingError:
            desk.remove(given.name)  # what cannot be set as wished is not declared at all
            raise
    call.say({"name": given.name}, [call.t(DONE_WORDS, name=given.name)])
    return DONE


def set_fields(call: Call) -> int:
    given = call.arguments
    fields = _given(given) | ({"url": given.url} if given.url else {})
    bridge = _bridge(given.option)
    with call.machine.peripherals(call.home) as desk:
        if fields or bridge is not None:
            desk.change(given.name, bridge=bridge, **fields)
        _set_options(desk, given.name, given.option)
    call.say({"name": given.name}, [call.t(DONE_WORDS, name=given.name)])
    return DONE


def rename(call: Call) -> int:
    with call.machine.peripherals(call.home) as desk:
        desk.change(call.arguments.name, name=call.arguments.new)
    call.say({"name": call.arguments.new}, [call.t(DONE_WORDS, name=call.arguments.new)])
    return DONE


def remove(call: Call) -> int:
    with call.machine.peripherals(call.home) as desk:
        desk.remove(call.arguments.name)
    call.say({"name": call.arguments.name}, [call.t(REMOVED, name=call.arguments.name)])
    return DONE


def look(call: Call) -> int:
    with call.machine.peripherals(call.home) as desk:
        return _told(call, desk.look(call.actor, call.arguments.name))


def test(call: Call) -> int:
    with call.machine.peripherals(call.home) as desk:
        return _told(call, desk.test(call.actor, call.arguments.name))


def drawer(call: Call) -> int:
    with call.machine.peripherals(call.home) as desk:
        return _told(call, desk.open_drawer(call.actor, call.arguments.name))


def logo(call: Call) -> int:
    given = call.arguments
    with call.machine.peripherals(call.home) as desk:
        logos = call.machine.attached.logos(call.home, desk)
        if given.picture is not None:
            return _told(call, logos.put_on(call.actor, given.name, given.picture))
        logos.take_off(given.name)
    call.say({"name": given.name}, [call.t(DONE_WORDS, name=given.name)])
    return DONE


def _given(given: argparse.Namespace) -> dict[str, str]:
    fields = {"model": given.model, "used_by": given.used_by, "stands_in_for": given.stands_in_for}
    return {name: value for name, value in fields.items() if value is not None}


def _bridge(options: list[str]) -> bool | None:
    """Set with the address and not after it: without it a real home refuses the address."""
    return next((BRIDGED[option] for option in options if option in BRIDGED), None)


def _set_options(desk: PeripheralDesk, name: str, options: list[str]) -> None:
    for option in options:
        if option not in BRIDGED:
            key, _, value = option.partition("=")
            desk.set_option(name, key, value)


def _told(call: Call, seen: Seen) -> int:
    """Exit code 1 where it does not work."""
    t = call.t
    answer = {
        "state": seen.condition.value,
        "told": t(seen.advice, **seen.places),
        "identity": seen.identity,
        "lines": seen.lines,
    }
    identity = " ".join(filter(None, (seen.identity.maker, seen.identity.model, seen.identity.serial)))
    lines = [f"{_dot(seen.condition)} {t(seen.says)}", t(seen.advice, **seen.places), identity, *seen.lines]
    call.say(answer, [line for line in lines if line])
    return DONE if seen.condition.works else NO


def _place(place: Attached, t: Translator) -> str:
    kinds = " / ".join(t(kind.words) for kind in place.kinds)
    return " · ".join(filter(None, (place.url, t(place.what) if place.what else "", kinds)))


def _dot(condition: Condition) -> str:
    return DOTS.get(condition, FAULT)


def _line(row: PeripheralRow, t: Translator) -> str:
    told = t(row.seen.advice, **row.seen.places) if not row.condition.works else ""
    parts = (row.name, t(row.words), row.url, row.model, row.used_by, told)
    return f"{_dot(row.condition)} {t(row.seen.says)}  " + " · ".join(filter(None, parts))


def _plain(row: PeripheralRow) -> dict[str, object]:
    return {
        "name": row.name,
        "kind": row.kind,
        "url": row.url,
        "model": row.model,
        "used_by": row.used_by,
        "stands_in_for": row.stands_in_for,
        "simulated": row.simulated,
        "state": row.condition.value,
        "identity": row.seen.identity,
    }
