"""Facts of papers about the hall itself: the day's close (design: the outside anchor). Not here: cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.paper.facts import PaperFacts, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotalFacts(PaperFacts):
    """日结单: what the hall's order came to on a day, signed by the centre, printed and kept by people.

    `root` is the running hash of the order at `place`, `chains` each machine's last act there as (machine,
    number, hash). `acts` are counts by the acts' words, `anchor` the text that any counter checks.
    """

    day: date
    place: int
    root: str
    acts: tuple[tuple[str, int], ...]
    chains: tuple[tuple[str, int, str], ...]
    anchor: str

    @property
    def kind(self) -> PaperKind:
        return PaperKind.DAY_TOTAL
