"""What the play of a hall of many machines is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from counter_app.ui.tour.deps import TourDeps
from counter_app.use_cases.program import Program
from counter_app.use_cases.sync.state import CentreState


@dataclass(frozen=True, slots=True)
class Agreement:
    """By machine (`C` the centre): place and root reached, what its check found broken ("" nothing), and for
    counters the digests of what all of them keep alike."""

    places: Mapping[str, tuple[int, str]]
    broken: Mapping[str, str]
    alike: Mapping[str, Mapping[str, str]]

    @property
    def differences(self) -> tuple[str, ...]:
        """Why they do not agree; nothing when they do."""
        found = [f"{code}: {why}" for code, why in self.broken.items() if why]
        if len(set(self.places.values())) > 1:
            found.append(f"places differ: { {code: place for code, (place, _) in self.places.items()} }")
        digests = [dict(kinds) for kinds in self.alike.values()]
        found += [
            f"{kind} differs between counters"
            for kind in (digests[0] if digests else {})
            if len({kinds.get(kind) for kinds in digests}) > 1
        ]
        return tuple(found)


@dataclass(frozen=True)
class HallTourDeps:
    """`first` and `second` are two counters' windows, on homes of their own; the kiosk and display are the
    same for both. `cut` and `heal` are the lines of all machines; `states` by machine."""

    first: TourDeps
    second: TourDeps
    kiosk_program: Program
    cut: Callable[[], object]
    heal: Callable[[], object]
    states: Callable[[], Mapping[str, CentreState]]
    agreement: Callable[[], Agreement]
