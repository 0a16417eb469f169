"""Who holds a post now: A, or B while A is away (AB岗制, mission: H5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.changing import replace
from counter_app.domain.hall.plan import HallPlan, Post
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream


class PostPassed(Fact):
    """The post goes to `to_staff` with the work that lies open in it (`tasks`); why is private (`reason`)."""

    post: str
    from_staff: str
    to_staff: str
    tasks: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"post:{self.post}",)


class PostReturned(Fact):
    """A is back: the post and what is still open of the work that passed over return."""

    post: str
    from_staff: str
    to_staff: str
    tasks: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"post:{self.post}",)


@dataclass(frozen=True, slots=True)
class PostHeld:
    """Who stands in, for whom, since when, and which work passed over. `holder` "" : its A."""

    post: str
    holder: str = ""
    away: str = ""
    since: datetime | None = None
    reason: str = ""
    passed: tuple[str, ...] = ()
    times: int = 0


def fold_post(held: PostHeld | None, event: Recorded) -> PostHeld | None:
    fact = event.fact
    if isinstance(fact, PostPassed):
        state = held or PostHeld(fact.post)
        return replace(
            state,
            holder=fact.to_staff,
            away=fact.from_staff,
            since=event.at,
            reason=event.private.get("reason", b"").decode(),
            passed=fact.tasks,
            times=state.times + 1,
        )
    if isinstance(fact, PostReturned) and held is not None:
        return replace(held, holder="", away="", since=event.at, reason="", passed=())
    return held


POSTS: Final = Stream("post", PostHeld, fold_post)


def h5_holder(post: Post, held: PostHeld | None) -> str:
    """The badge of who does the post's work now."""
    return held.holder if held is not None and held.holder else post.a


def h5_held_by(plan: HallPlan, staff: str, held: Mapping[str, PostHeld]) -> tuple[str, ...]:
    """The posts whose work is this person's now."""
    return tuple(post.code for post in plan.posts if h5_holder(post, held.get(post.code)) == staff)
