"""Where a letter between two halls goes on its way through the tree (mission: H1).

A hall's plan names the tree it stands in. A letter goes up, hall by hall, until the branches of sender and
receiver part, and from there down. Not here: what letters say (`use_cases/relay`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from counter_app.domain.hall.plan import Hall


class Tree:
    """The halls as one of them, `here` (a code), knows them. `relays` are those enrolled here as relays: what
    goes down to a hall whose superior keeps no centre goes to that hall itself."""

    def __init__(self, halls: Iterable[Hall], here: str, relays: Collection[str] = ()) -> None:
        self._halls = {hall.code: hall for hall in halls}
        self._relays = frozenset(relays)
        self.here = here

    def code_of(self, name: str) -> str | None:
        """A hall's code by the name that its journal bears."""
        return next((hall.code for hall in self._halls.values() if hall.name == name), None)

    def name_of(self, code: str) -> str:
        hall = self._halls.get(code)
        return hall.name if hall else code

    @property
    def is_top(self) -> bool:
        """Whether nobody stands above this hall."""
        return len(self._way_up(self.here)) < 2

    def is_under(self, hall: str, above: str) -> bool:
        """Whether `hall` is `above` or stands somewhere under it."""
        return above in self._way_up(hall)

    def branch(self, hall: str) -> str | None:
        """Through which hall one goes from here to `hall`: "" when it is this one, None when it is not under
        this one."""
        way = self._way_up(hall)
        if self.here not in way:
            return None
        between = way[: way.index(self.here)]
        if not between:
            return ""
        return next((code for code in reversed(between) if code in self._relays), between[-1])

    def parts_here(self, sender: str, receiver: str) -> bool:
        """Whether a letter is handed on from here: it is for this hall, or goes down another branch than it
        came up. Else it goes further up, or was handed on below."""
        down = self.branch(receiver)
        return down is not None and (down == "" or down != self.branch(sender))

    def _way_up(self, hall: str) -> list[str]:
        """The hall itself and all above it; a plan that goes in circles ends where it began."""
        way: list[str] = []
        while hall in self._halls and hall not in way:
            way.append(hall)
            hall = self._halls[hall].parent
        return way
