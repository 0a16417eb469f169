"""What the tour leaves in `summary.json`: each step, what it produced, how long it took."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from counter_app.errors import UserFacingError
from counter_app.ui.tour.hands import TourStopped
from counter_app.ui.tour.lag import LagMeter


@dataclass
class Step:
    """One step as it went; `produced` is what came of it, `checked` what was looked at and found right."""

    step: str
    ok: bool = False
    ms: float = 0.0
    produced: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    error: str = ""


@dataclass
class Summary:
    """All steps, in order. The tour goes on after a failed step where it can."""

    meter: LagMeter
    steps: list[Step] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """Time a step; append what it produced to the list it gives. A failed step is kept, and told on."""
        step = Step(name)
        self.steps.append(step)
        self.meter.step = name
        start = time.perf_counter()
        try:
            yield step.produced
            step.ok = bool(step.produced or step.checked)
            step.error = "" if step.ok else "produced nothing"
        except (TourStopped, UserFacingError) as error:
            step.error = str(error)
            raise
        finally:
            step.ms = round((time.perf_counter() - start) * 1000, 1)

    def check(self, what: str, found: object, wanted: object) -> None:
        """Keep with the step under way that `found` is as wanted. Raises TourStopped saying what it is."""
        if found != wanted:
            raise TourStopped(f"{what} is {found}, not {wanted}")
        self.steps[-1].checked.append(f"{what}: {found}")

    @property
    def ok(self) -> bool:
        return bool(self.steps) and all(step.ok for step in self.steps)

    def save(self, path: Path) -> None:
        self.figures["event_loop_lag"] = asdict(self.meter.figures())
        content = {"ok": self.ok, "steps": [asdict(step) for step in self.steps], **self.figures}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
