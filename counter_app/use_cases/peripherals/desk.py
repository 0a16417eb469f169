"""The desk at which a machine's peripherals are looked at, tried and changed: page and commands alike.

Changes are written to `home.toml` whole or not at all; the keeper takes up by itself what it works with,
windows their readers and cameras when they open again. Device settings are local (design §1): no event is
written. Calls may block as long as a driver does: never on a window's thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError, mark
from counter_app.home import Home, open_home
from counter_app.locks import DutyLock
from counter_app.peripherals import (
    NO_PAPER,
    Kind,
    Peripheral,
    Peripherals,
    Setting,
    checked,
    leads_to_program,
    simulator_refused,
)
from counter_app.use_cases.peripherals.asking import Wanted, Wish, Wishes
from counter_app.use_cases.peripherals.drawer import CashDrawer, Watch, answer_of
from counter_app.use_cases.peripherals.held import Tap, always
from counter_app.use_cases.peripherals.states import note_seen, packed, seen_of
from counter_app.use_cases.ports.logo import HELD
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, PeripheralDriver, Seen, no_item
from counter_app.use_cases.ports.store import Store

Drivers = Callable[[], Mapping[Kind, PeripheralDriver]]
KEPT_BY_KEEPER: Final = frozenset({Kind.PRINTER, Kind.DRAWER})
BRIDGE: Final = "bridge"
FILES_REFUSED: Final = mark("into files, refused")
OPTIONS: Final = mark("Its options are: {known}.")
CHOICES: Final = mark("It may be: {known}.")
A_NUMBER: Final = mark("Write a number, such as {such}.")
# What a Chinese input method makes of a number.
TYPED_WIDE: Final = str.maketrans("０１２３４５６７８９．。－", "0123456789..-")
LOOK_SECONDS: Final = 0.05
LOCK_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class PeripheralRow:
    """One line of the page. `kind` "" for an entry that cannot be read; `says` is an English source."""

    name: str
    kind: str
    words: str
    url: str
    model: str
    used_by: str
    stands_in_for: str
    simulated: bool
    seen: Seen
    set_aside: bool = False  # as it is written it cannot be used: there is nothing to ask

    @property
    def condition(self) -> Condition:
        return self.seen.condition


@dataclass(frozen=True, slots=True)
class Hands:
    """Who works here: the owner others are shown, whether a keeper holds the printers, a new wish's id, and
    whether the catalogue has an item of a code."""

    owner: str
    keeper_runs: Callable[[], bool]
    new_id: Callable[[], str]
    is_item: Callable[[str], bool] = no_item
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class PeripheralDesk:
    """For one home. `drivers` is asked at the first need: their libraries are slow to import."""

    def __init__(self, home: Home, store: Store, drivers: Drivers, hands: Hands) -> None:
        self._path = home.path
        self._store = store
        self._drivers = drivers
        self._hands = hands
        self._held: dict[str, Tap] = {}

    def hold(self, tap: Tap) -> None:
        """This process has the port of a reader open: how it is, and its trials, are its lane's to say."""
        self._held[tap.url] = tap

    def give_up(self) -> None:
        """End the trial of a held reader that is under way."""
        for tap in self._held.values():
            tap.give_up()

    def rows(self) -> tuple[PeripheralRow, ...]:
        """All that is declared, with what was last seen of it; then what is wrong."""
        found = self._home().peripherals
        with self._store.reading() as reader:
            seen = {one.name: seen_of(reader, one.name) for one in found}
        good = (_row(one, seen[one.name] or Seen(Condition.UNKNOWN)) for one in found)
        return (*good, *(_wrong_row(one.entry, one.error, one.name) for one in found.wrong))

    def find(self) -> tuple[Found, ...]:
        """What is attached and not declared yet; a real home is not shown what it would refuse."""
        home = self._home()
        known = {one.url for one in home.peripherals}
        return tuple(
            found
            for driver in self._drivers().values()
            for found in driver.find()
            if found.url not in known and (home.training or not leads_to_program(found.url))
        )

    def kinds(self) -> tuple[Kind, ...]:
        """Those that this version can drive, in the order of `Kind`."""
        known = self._drivers()
        return tuple(kind for kind in Kind if kind in known)

    def driver(self, kind: Kind) -> PeripheralDriver:
        """UserFacingError `peripheral.no-driver`."""
        driver = self._drivers().get(kind)
        if driver is None:
            raise UserFacingError(
                "peripheral.no-driver",
                "This version has no driver for {kind}.",
                kept="Nothing was changed.",
                remedy="Choose another kind.",
                kind=kind.value,
            )
        return driver

    def look(self, actor: Actor, name: str) -> Seen:
        """Ask it how it is. A printer that the keeper holds was asked a moment ago."""
        home = self._home()
        one = _need(home.peripherals, name)
        if one.kind in KEPT_BY_KEEPER and self._hands.keeper_runs():
            with self._store.reading() as reader:
                return seen_of(reader, name) or Seen(Condition.UNKNOWN)
        held = self._held.get(one.url)
        probed = held.seen() if held else self.driver(one.kind).probe(one, self._bench(home))
        seen = self._checked(home, probed)
        with self._store.reading() as reader:
            before = seen_of(reader, name)
        if before is None or packed(seen) != packed(before):
            self._store.act(actor, "", lambda tx: note_seen(tx, name, seen))
        return seen

    def test(self, actor: Actor, name: str, wanted: Callable[[], bool] = always) -> Seen:
        """Let it do its work once: a page, a card, a chime. A held reader waits for its next reading, as long
        as that is `wanted`; see `give_up`."""
        home = self._home()
        one = _need(home.peripherals, name)
        if one.url in self._held:
            return self._held[one.url].next_reading(wanted, self._hands.is_item)
        if one.kind is Kind.DRAWER:
            return self.open_drawer(actor, name)
        if one.kind in KEPT_BY_KEEPER and self._hands.keeper_runs():
            return self.order(actor, name, "test")
        seen = self._checked(home, self.driver(one.kind).test(one, self._bench(home)))
        self._store.act(actor, "", lambda tx: note_seen(tx, name, seen))
        return seen

    def open_drawer(self, actor: Actor, name: str) -> Seen:
        """Open a drawer, or the one behind a printer, to see that it works: an opening like any other."""
        _need(self._home().peripherals, name)
        drawer = CashDrawer(self._store, lambda: self._home().peripherals, self._watch)
        return drawer.answer(drawer.open(actor, "", "check", name=name))

    def order(self, actor: Actor, name: str, wanted: Wanted) -> Seen:
        """Let the keeper do it, who holds the printer's line; SILENT when nobody answers."""
        wishes, wish = Wishes(self._store), Wish(self._hands.new_id(), name, wanted)
        wishes.ask(actor, wish)
        return answer_of(wishes, wish, self._watch)

    def declared(self, name: str) -> Peripheral:
        """As it stands in `home.toml` now. UserFacingError `peripheral.unknown`."""
        return _need(self._home().peripherals, name)

    def add(self, entry: Mapping[str, Any]) -> Peripheral:
        """Declare one more. UserFacingError `peripheral.*`, or what its driver says against it."""
        return self._changed(lambda entries: [*entries, dict(entry)], str(entry.get("name", "")))

    def remove(self, name: str) -> None:
        """Also an entry that is wrong; one that stood in for it works itself. UserFacingError
        `peripheral.unknown`."""

        def change(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
            left = [one for one in entries if one.get("name", "") != name]
            alone = {"stands_in_for": ""}
            return [one | alone if name and one.get("stands_in_for") == name else one for one in left]

        self._rewritten(change, name)

    def change(self, name: str, /, *, bridge: bool | None = None, **fields: Setting) -> Peripheral:
        """Other values for some fields: `url`, `model`, `used_by`, `stands_in_for`, `name`. `bridge` says
        whether a converter program at its address leads to a real device: also for one that was refused."""
        new = str(fields.get("name", name))

        def change(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
            changed = [_with(one, fields, bridge) if one.get("name") == name else one for one in entries]
            follows = {"stands_in_for": new}
            return [one | follows if one.get("stands_in_for") == name else one for one in changed]

        return self._changed(change, new, old=name)

    def set_option(self, name: str, option: str, value: Setting) -> Peripheral:
        """Calibrate: one option of its driver. UserFacingError `peripheral.bad-option`."""
        one = _need(self._home().peripherals, name)
        known = {entry.key: entry for entry in self.driver(one.kind).options}
        expected = known[option].default if option in known else False if option == BRIDGE else None
        choices = known[option].choices if option in known else ()
        fitting = _fitting(value, expected)
        if fitting is None or (choices and fitting not in choices):
            raise UserFacingError(
                "peripheral.bad-option",
                "{option} = {value} cannot be set for {name}.",
                kept="Nothing was changed.",
                remedy=OPTIONS if expected is None else CHOICES if choices else A_NUMBER,
                option=option,
                value=value,
                name=name,
                known=", ".join(str(one) for one in (choices if expected is not None else [*known, BRIDGE])),
                such=expected,
            )
        return self.keep_options(name, **{option: fitting})

    def keep_options(self, name: str, /, **values: Setting) -> Peripheral:
        """Options as they are, also those that no person sets; "" takes one away."""
        given = {**self.declared(name).options, **values}
        options = {key: value for key, value in given.items() if value != "" or key not in values}

        def change(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
            return [entry | {"options": options} if entry.get("name") == name else entry for entry in entries]

        return self._changed(change, name)

    @property
    def _watch(self) -> Watch:
        return Watch(self._hands.monotonic, self._hands.sleep)

    def _changed(
        self, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]], name: str, *, old: str = ""
    ) -> Peripheral:
        """The entry of this name as it stands now; nothing is written when it would not be used."""

        def judged(home: Home, found: Peripherals) -> None:
            refused = next((one.error for one in found.wrong if one.name == name), None)
            if refused is not None:
                raise refused
            one = _need(found, name)
            driver = self.driver(one.kind)
            driver.supported(one)
            if not home.training and driver.probe(one, self._bench(home)).identity.simulated:
                raise simulator_refused(name)

        return _need(self._rewritten(change, old or name, judged), name)

    def _rewritten(
        self,
        change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]],
        name: str,
        judge: Callable[[Home, Peripherals], None] = lambda home, found: None,
    ) -> Peripherals:
        lock = DutyLock(self._home().locks, "description")
        self._take(lock)
        try:
            home = self._home()
            entries = [one for one in home.peripherals.described() if isinstance(one, dict)]
            changed = change(entries)
            if name not in {one.get("name", "") for one in (*entries, *changed)}:
                raise _unknown(name)
            found = checked(changed, training=home.training)
            judge(home, found)
            replace(home, peripherals=found).save()
            return found
        finally:
            lock.release()

    def _take(self, lock: DutyLock) -> None:
        end = self._hands.monotonic() + LOCK_SECONDS
        while not lock.take():
            if self._hands.monotonic() > end:
                raise UserFacingError(
                    "peripheral.being-changed",
                    "The peripherals are being changed by somebody else.",
                    kept="Nothing was changed.",
                    remedy="Do it again in a moment.",
                )
            self._hands.sleep(LOOK_SECONDS)

    def _checked(self, home: Home, seen: Seen) -> Seen:
        """A device that says it is a simulator is none for a real home."""
        if seen.identity.simulated and not home.training:
            return replace(seen, condition=Condition.REFUSED, word="")
        return seen

    def _home(self) -> Home:
        return open_home(self._path)

    def _bench(self, home: Home) -> Bench:
        return Bench(home.locks, self._hands.owner, home.training, self._hands.is_item)


def _with(entry: Mapping[str, Any], fields: Mapping[str, Setting], bridge: bool | None) -> dict[str, Any]:
    """Another address may be another device: what its memory held is not known any more, and whether a
    converter leads to it is said anew."""
    changed, options = {**entry, **fields}, entry.get("options", {})
    if not isinstance(options, dict):
        return changed
    moved = "url" in fields and fields["url"] != entry.get("url")
    dropped = {HELD} if moved else set[str]()
    if bridge is not None or moved:
        dropped.add(BRIDGE)
    kept = {key: value for key, value in options.items() if key not in dropped}
    if bridge:
        kept[BRIDGE] = True
    return changed | ({"options": kept} if kept or options else {})


def _need(found: Peripherals, name: str) -> Peripheral:
    one = found.named(name)
    if one is None:
        raise _unknown(name)
    return one


def _unknown(name: str) -> UserFacingError:
    return UserFacingError(
        "peripheral.unknown",
        "No peripheral of this machine is called {name}.",
        kept="Nothing was changed.",
        remedy="Look at their list.",
        name=name,
    )


def _fitting(value: Setting, expected: Setting | None) -> Setting | None:
    """The value as the option's type, None where it is none of it."""
    if expected is None:
        return None
    if isinstance(expected, bool):
        words: dict[object, bool] = {True: True, False: False, "true": True, "false": False}
        return words.get(value)
    if isinstance(value, str) and not isinstance(expected, str):
        value = value.translate(TYPED_WIDE).strip()
    try:
        return type(expected)(value)
    except ValueError:
        return None


def _row(one: Peripheral, seen: Seen) -> PeripheralRow:
    return PeripheralRow(
        one.name,
        one.kind.value,
        one.kind.words,
        one.url,
        one.model,
        one.used_by,
        one.stands_in_for,
        one.simulated,
        seen,
    )


def _wrong_row(entry: object, error: UserFacingError, name: str) -> PeripheralRow:
    raw = entry if isinstance(entry, dict) else {}
    kind, url, model, used_by, other = (
        str(raw.get(key, "")) for key in ("kind", "url", "model", "used_by", "stands_in_for")
    )
    refused = error.code == "peripheral.simulated"
    seen = Seen.refused(error, Condition.REFUSED if refused else Condition.WRONG)
    if error.code == NO_PAPER:
        seen = replace(seen, condition=Condition.REFUSED, word=FILES_REFUSED)
    words = Kind(kind).words if kind in set(Kind) else ""
    return PeripheralRow(name, kind, words, url, model, used_by, other, refused, seen, set_aside=True)
