"""The end of the day and of a shift: what is open with what becomes of it, and who was here when. No Qt.

Closing the day is shown whole before it is done, since it cannot be undone (mission: Q7, H4).
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from counter_app.domain.access.shift import ShiftState
from counter_app.errors import UserFacingError, mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.find_words import TICKET_STATES
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.waiting.day_close import ClosedDay, Ending, OpenPoint

ENDINGS: Final[Mapping[Ending, str]] = {
    "served": mark("was served"),
    "carried_over": mark("is carried over to the next day"),
    "gave_up": mark("has left"),
    "void": mark("is void"),
}
LEFT: Final = {
    "log-off": mark("signed out"),
    "moved": mark("went to another counter"),
    "relieved": mark("was relieved"),
    "resumed": mark("came back after a crash"),
    "lost": mark("window lost"),
}
KEYS: Final = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
A_MONTH: Final = timedelta(days=31)


class DayPresenter:
    """`changed` reads the line again after the day was closed."""

    def __init__(self, desk: Desk, changed: Callable[[], None]) -> None:
        self._desk = desk
        self._changed = changed

    @property
    def _many(self) -> bool:
        """Whether there is a centre that totals and signs."""
        centre = self._desk.deps.centre
        return centre is not None and not centre.alone

    def close_day(self) -> None:
        """List what is open; nothing is done before it is said."""
        desk, deps, shift = self._desk, self._desk.deps, self._desk.hands.shift
        if shift is None:
            return

        def points() -> tuple[OpenPoint, ...]:
            deps.access.need(shift, "day.close")
            return deps.day_close.open_points()

        desk.reads.run(points, lambda found: self._show(found, {}), desk.error)

    def print_total(self) -> None:
        """The signed totals of a closed day, as the centre wrote them down: the outside anchor."""
        desk = self._desk
        today = desk.deps.clock.now().date().isoformat()
        desk.ask(
            desk.t("Print the signed totals of which day?"),
            (),
            lambda _, day: self._print_total(day.strip()) if day.strip() else None,
            text=desk.t("Day, as 2026-11-28"),
            given=today,
        )

    def _print_total(self, day: str) -> None:
        desk, totals = self._desk, self._desk.deps.day_totals
        desk.act(
            "day_total",
            lambda actor, key: totals.print_total(actor, key, day),
            lambda paper: desk.tell(desk.t("The signed totals of {day} print.", day=day), level="good"),
            right="day.close",
        )

    def attendance(self) -> None:
        """One's own sign-ins and sign-outs of the last month (mission: H4)."""
        desk, deps = self._desk, self._desk.deps
        staff, since = desk.actor.staff, deps.clock.now() - A_MONTH
        desk.reads.run(lambda: deps.access.attendance(staff, since, len(KEYS)), self._attended)

    def duties(self) -> None:
        """The duties of this counter's post, and who holds it (mission: H7)."""
        desk, plan = self._desk, self._desk.deps.plan
        posts = [post for post in plan.posts if str(post.counter) == desk.deps.counter]
        staff = desk.actor.staff
        posts += [post for post in plan.posts if staff in (post.a, post.b) and post not in posts]
        if not posts:
            desk.tell(desk.t("No duties are written down for this counter."))
            return
        choices = tuple(
            Choice(
                post.code,
                KEYS[at],
                f"{post.name}：" + " · ".join(self._names(post.a, post.b)),
                "；".join(post.duties),
            )
            for at, post in enumerate(posts[: len(KEYS)])
        )
        desk.ask(desk.t("Duties of the post"), choices, lambda post, text: None)

    def _show(self, points: tuple[OpenPoint, ...], said: Mapping[str, Ending]) -> None:
        desk, t = self._desk, self._desk.t
        endings = {point.ticket: said.get(point.ticket) or point.suggested for point in points}
        open_still = [point.number for point in points if endings[point.ticket] is None]
        tally = Tally(ending for ending in endings.values() if ending)
        sums = " · ".join(f"{t(ENDINGS[ending])} {count}" for ending, count in tally.items())
        close = Choice(
            "close",
            "0",
            t("Close the day now"),
            sums or t("Nothing is open; counters that are open are closed."),
            not open_still,
            t("Say first how these end: {numbers}", numbers="、".join(open_still)),
        )
        rows = tuple(
            Choice(point.ticket, KEYS[at], self._point(point), self._ending(endings[point.ticket]))
            for at, point in enumerate(points[: len(KEYS)])
        )

        def answered(choice: str, text: str) -> None:
            if choice == "close":
                self._close(said)
            else:
                self._ask_ending(points, said, next(one for one in points if one.ticket == choice))

        title = t("Close the day: {count} open", count=len(points))
        hint = t("A ticket's key changes how it ends.") if points else ""
        desk.ask(title, (close, *rows), answered, hint=hint)

    def _ask_ending(
        self, points: tuple[OpenPoint, ...], said: Mapping[str, Ending], point: OpenPoint
    ) -> None:
        desk = self._desk
        choices = tuple(
            Choice(ending, str(at), desk.t(words)) for at, (ending, words) in enumerate(ENDINGS.items(), 1)
        )

        def answered(choice: str, text: str) -> None:
            ending = next(ending for ending in ENDINGS if ending == choice)
            self._show(points, {**said, point.ticket: ending})

        desk.ask(desk.t("How does {number} end?", number=point.number), choices, answered)

    def _close(self, said: Mapping[str, Ending]) -> None:
        desk, day_close = self._desk, self._desk.deps.day_close

        def closed(day: ClosedDay) -> None:
            desk.tell(
                desk.t("The day {day} is closed: {count} tickets ended.", day=day.day, count=day.ended),
                remedy=""
                if day.totalled
                else desk.t("The centre went away before it signed the totals: close the day again later."),
                level="good" if day.totalled else "warn",
                action=desk.t("Print the signed totals") if day.totalled and self._many else "",
                act=lambda: self._print_total(day.day),
            )
            self._changed()

        def refused(error: UserFacingError) -> None:
            desk.error(error)

        desk.act(
            "close_day",
            lambda actor, key: day_close.close_day(actor, key, said),
            closed,
            refused,
            right="day.close",
        )

    def _point(self, point: OpenPoint) -> str:
        t = self._desk.t
        state = t(TICKET_STATES.get(point.state, point.state))
        where = t("Counter {counter}", counter=point.counter) if point.counter else ""
        return " · ".join(part for part in (point.number, point.day, state, where) if part)

    def _ending(self, ending: Ending | None) -> str:
        t = self._desk.t
        return t(ENDINGS[ending]) if ending else t("Still being served: say how it ends.")

    def _attended(self, shifts: tuple[ShiftState, ...]) -> None:
        desk, t = self._desk, self._desk.t
        choices = tuple(
            Choice(
                shift.id,
                KEYS[at],
                f"{shift.began_at:%Y-%m-%d %H:%M} – " + (f"{shift.ended_at:%H:%M}" if shift.ended_at else ""),
                " · ".join(
                    part
                    for part in (
                        t("Counter {counter}", counter=shift.counter),
                        t("post {post}", post=shift.post),
                        t(LEFT.get(shift.cause, shift.cause)) if shift.cause else t("here now"),
                    )
                    if part
                ),
            )
            for at, shift in enumerate(shifts[: len(KEYS)])
        )
        desk.ask(t("My sign-ins and sign-outs"), choices, lambda shift, text: None)

    def _names(self, *badges: str) -> tuple[str, ...]:
        members = ((badge, self._desk.deps.plan.member(badge)) for badge in badges if badge)
        return tuple(member.name if member else badge for badge, member in members)
