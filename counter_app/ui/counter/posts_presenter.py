"""A counter's own post: it passes to B when its clerk leaves, and returns (AB岗制, mission: H5). No Qt."""

from __future__ import annotations

from typing import Final

from counter_app.domain.hall.plan import Post
from counter_app.errors import mark
from counter_app.ui.asking import choices_of
from counter_app.ui.counter.desk import Desk

AWAY: Final = (mark("on leave"), mark("ill"), mark("on duty elsewhere"), mark("at a training"))


class PostsPresenter:
    """The posts of who works here, those of counters and of handling."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self) -> None:
        """Which post passes over, or returns to its A."""
        desk, posts = self._desk, self._desk.deps.casework.posts
        staff = desk.actor.staff

        def read() -> tuple[tuple[Post, bool], ...]:
            return tuple((post, posts.passed(post.code)) for post in posts.mine(staff))

        desk.reads.run(read, self._show, desk.error)

    def _show(self, found: tuple[tuple[Post, bool], ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not found:
            desk.tell(t("No post is yours."))
            return
        rows = tuple((post.code, post.name, self._who(post, passed)) for post, passed in found)
        passed = {post.code: passed for post, passed in found}
        desk.ask(
            t("Posts A and B: which passes over, or returns?"),
            choices_of(rows),
            lambda code, _: self._back(code) if passed[code] else self._pass(code),
        )

    def _who(self, post: Post, passed: bool) -> str:
        t, plan = self._desk.t, self._desk.deps.plan
        names = {one.badge: one.name for one in plan.staff}
        a, b = names.get(post.a, post.a), names.get(post.b, post.b)
        if passed:
            return t("{b} stands in for {a}: it returns", a=a, b=b)
        return t("{a}: it passes to {b}", a=a, b=b)

    def _pass(self, post: str) -> None:
        desk, t = self._desk, self._desk.t
        posts = desk.deps.casework.posts

        def given(reason: str) -> None:
            desk.act(
                "post_pass",
                lambda actor, key: posts.pass_over(actor, key, post, reason),
                lambda count: desk.tell(
                    t("The post passes over, with {count} that wait. Log off now.", count=count), level="good"
                ),
            )

        desk.ask_reason(t("Why does the post pass over?"), tuple(t(one) for one in AWAY), given)

    def _back(self, post: str) -> None:
        desk, t = self._desk, self._desk.t
        posts = desk.deps.casework.posts
        desk.act(
            "post_back",
            lambda actor, key: posts.give_back(actor, key, post),
            lambda count: desk.tell(t("The post is its A's again."), level="good"),
        )
