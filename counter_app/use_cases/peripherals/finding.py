"""What is attached, as a person looks for it: one line for each place, whatever may be plugged in there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.peripherals import Kind
from counter_app.use_cases.ports.peripherals import Found


@dataclass(frozen=True, slots=True)
class Attached:
    """One address. Which of several `kinds` is there only a person knows."""

    url: str
    what: str
    kinds: tuple[Kind, ...]


def by_address(found: Iterable[Found]) -> tuple[Attached, ...]:
    """In the order in which the addresses came."""
    kinds: dict[str, list[Kind]] = {}
    named: dict[str, str] = {}
    for one in found:
        kinds.setdefault(one.url, []).append(one.kind)
        named[one.url] = named.get(one.url) or one.what
    return tuple(Attached(url, named[url], tuple(dict.fromkeys(kinds[url]))) for url in kinds)
