"""A workspace whose home is open and whose window is still to be built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from counter_app.ui.application import Window


@dataclass(frozen=True)
class Prepared:
    """`build` must be called in the window's thread; `later` holds what can wait until it takes keys."""

    build: Callable[[], Window]
    later: list[Callable[[], object]] = field(default_factory=list)
