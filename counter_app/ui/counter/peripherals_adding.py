"""Declaring one more peripheral from its page: found where it is plugged in, or typed. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count

from counter_app.errors import UserFacingError
from counter_app.peripherals import LONGEST_NAME, Kind, leads_to_program
from counter_app.ui.counter.peripherals_talk import KEYS, PageTalk
from counter_app.use_cases.peripherals.desk import BRIDGE
from counter_app.use_cases.peripherals.finding import Attached, by_address
from counter_app.use_cases.ports.peripherals import Found


class PeripheralAdding:
    """`names` are those that are taken."""

    def __init__(self, talk: PageTalk, names: Callable[[], Iterable[str]]) -> None:
        self._talk = talk
        self._desk = talk.desk
        self._names = names

    def choose_found(self, found: tuple[Found, ...]) -> None:
        """Where it is plugged in; then what it is, where several kinds may be there."""
        t, places = self._desk.t, by_address(found)
        if not places:
            self._talk.back(t("Nothing was found that is not declared already."))
            return
        more = len(places) - len(KEYS)
        hint = t("{count} more are attached than fit here: those are added by their address (A).", count=more)
        known = {str(at): place for at, place in enumerate(places)}
        rows = ((key, self._words(place)) for key, place in known.items())
        title = t("Where is it plugged in?")
        self._talk.ask_one(title, rows, lambda key: self._found(known[key]), hint=hint if more > 0 else "")

    def _words(self, place: Attached) -> str:
        t = self._desk.t
        kind = t(place.kinds[0].words) if len(place.kinds) == 1 else ""
        return " · ".join(filter(None, (kind, place.url, t(place.what) if place.what else "")))

    def _found(self, place: Attached) -> None:
        if len(place.kinds) == 1:
            self._name(place.kinds[0], place.url)
        else:
            self._ask_kind(place.kinds, lambda kind: self._name(kind, place.url))

    def choose_kind(self, kinds: tuple[Kind, ...]) -> None:
        """By hand: what it is, its address, its name."""
        self._ask_kind(kinds, self._address)

    def _ask_kind(self, kinds: tuple[Kind, ...], answered: Callable[[Kind], None]) -> None:
        t = self._desk.t
        rows = ((kind.value, t(kind.words)) for kind in kinds)
        self._talk.ask_one(t("What is it?"), rows, lambda kind: answered(Kind(kind)))

    def _address(self, kind: Kind) -> None:
        machine, t = self._desk.deps.peripherals, self._desk.t
        if machine is not None:
            example = machine.driver(kind).example
            self._talk.ask_text(t(kind.words), t("Address"), example, lambda url: self._name(kind, url))

    def _name(self, kind: Kind, url: str) -> None:
        t = self._desk.t
        given = _free(t(kind.words), set(self._names()))
        self._talk.ask_text(t(kind.words), t("Its name"), given, lambda name: self._declare(kind, url, name))

    def _declare(self, kind: Kind, url: str, name: str, *, bridge: bool = False) -> None:
        machine, t = self._desk.deps.peripherals, self._desk.t
        if machine is None:
            return
        entry: dict[str, object] = {"kind": kind.value, "name": name, "url": url}
        if bridge:
            entry["options"] = {BRIDGE: True}

        def failed(error: UserFacingError) -> None:
            if error.code == "peripheral.simulated" and leads_to_program(url) and not bridge:
                self._talk.ask_bridge(url, lambda: self._declare(kind, url, name, bridge=True))
            else:
                self._talk.failed(error)

        self._talk.in_hand = name
        self._talk.changed(lambda: machine.add(entry), t("{name} is declared.", name=name), failed)


def _free(words: str, taken: set[str]) -> str:
    """A name that nobody bears yet: `Receipt printer`, `Receipt printer 2`."""
    names = (words[:LONGEST_NAME] if at == 1 else f"{words[: LONGEST_NAME - 4]} {at}" for at in count(1))
    return next(name for name in names if name not in taken)
