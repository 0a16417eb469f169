"""What the waiting room reads of hall and catalogue in one act or read.

Not here: who serves what (`services.py`), and where the published rows come from (`use_cases/reference`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import Counter, HallPlan, Line
from counter_app.domain.waiting.choice import Service
from counter_app.domain.waiting.rules import WaitingRules, rules_of
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Reader
from counter_app.use_cases.waiting.services import services_of


class Reference(Protocol):
    """Published rows as whole objects. Called in every act, so keep what was decoded."""

    def plan(self, reader: Reader) -> HallPlan: ...

    def catalogue(self, reader: Reader) -> Catalogue: ...


@dataclass(frozen=True)
class HallNow:
    """The hall and its catalogue as of one act or read."""

    plan: HallPlan
    catalogue: Catalogue
    rules: WaitingRules
    now: datetime

    @property
    def day(self) -> str:
        return self.now.date().isoformat()

    def line(self, letter: str) -> Line:
        """UserFacingError `line.unknown`; a priority line only lends its letter, nobody waits in it."""
        for line in self.plan.lines:
            if line.letter == letter and not line.priority:
                return line
        raise UserFacingError(
            "line.unknown",
            "There is no waiting line {line} here.",
            remedy="Choose one of: {lines}.",
            line=letter,
            lines=", ".join(line.letter for line in self.plan.lines if not line.priority),
        )

    def counter(self, number: str) -> Counter:
        """UserFacingError `counter.unknown`."""
        for counter in self.plan.counters:
            if str(counter.number) == number:
                return counter
        raise UserFacingError(
            "counter.unknown",
            "There is no counter {counter} in this hall.",
            remedy="Choose one of: {counters}.",
            counter=number,
            counters=", ".join(str(counter.number) for counter in self.plan.counters),
        )

    def item(self, code: str) -> Item:
        return self.catalogue.item(code, self.now.date())

    def item_name(self, code: str, language: str = "zh_CN") -> str:
        """The name of the newest version, also when none is in force today."""
        item = self.catalogue.history(code)[-1]
        return (item.name_en or item.name) if language == "en" else (item.short_name or item.name)

    def services(self) -> tuple[Service, ...]:
        """Every place to wait in this hall."""
        return services_of(self.plan).everywhere

    def services_of(self, counter: Counter) -> Mapping[Service, int]:
        """What this counter may call and how much it prefers it: 0 is its favourite."""
        return services_of(self.plan).of_counter[counter.number]

    def counters_for(self, service: Service) -> tuple[str, ...]:
        """Numbers of the counters that may call from there, those that prefer it first; () when the
        hall no longer has such a place to wait."""
        return services_of(self.plan).counters_for.get(service, ())


def hall_now(reference: Reference, reader: Reader) -> HallNow:
    plan = reference.plan(reader)
    return HallNow(plan, reference.catalogue(reader), rules_of(plan.settings), reader.now)
