"""The stories of the tour beside its main job: each in a fresh hall, on a day of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from counter_app.clock import HALL_ZONE
from counter_app.errors import UserFacingError
from counter_app.ui.tour.hands import Hands, TourStopped
from counter_app.ui.tour.story_birth_permit import BirthPermit
from counter_app.ui.tour.story_chopsticks import Chopsticks
from counter_app.ui.tour.story_deps import StoryDeps
from counter_app.ui.tour.story_floating import FloatingCertificate
from counter_app.ui.tour.story_handbook import Handbook
from counter_app.ui.tour.story_new_year import NewYear
from counter_app.ui.tour.summary import Summary


class Played(Protocol):
    def play(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a story begins: the counter that is worked at, and the moment."""

    counter: str
    begins: datetime
    story: Callable[[StoryDeps, Hands, Summary], Played]


def _on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=HALL_ZONE)


STORIES: Final[Mapping[str, Setting]] = {
    "handbook": Setting("3", _on("2026-11-23"), Handbook),
    "birth-permit": Setting("3", _on("2026-11-23"), BirthPermit),
    "chopsticks": Setting("5", _on("2026-11-23"), Chopsticks),
    "floating": Setting("3", _on("2026-11-23"), FloatingCertificate),
    "new-year": Setting("3", _on("2026-12-24"), NewYear),
}


def play_story(
    name: str,
    hall: Callable[[Setting], AbstractContextManager[StoryDeps]],
    hands: Hands,
    summary: Summary,
) -> None:
    """In a hall made for it; a step that fails ends this story, and is kept in the summary."""
    setting = STORIES[name]
    with hall(setting) as deps:
        try:
            setting.story(deps, hands, summary).play()
        except (TourStopped, UserFacingError):
            hands.shoot(deps.counter, f"{name}-failed-counter")
            hands.shoot(deps.desk, f"{name}-failed-desk")
        finally:
            for window in (deps.counter, deps.desk):
                window.close()
