"""That a PIN was set. The PIN and its hash are in no event (design §1)."""

from __future__ import annotations

from counter_app.domain.journal import Fact


class PinSet(Fact):
    staff: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"credential:{self.staff}",)
