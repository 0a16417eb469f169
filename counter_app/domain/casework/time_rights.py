"""Who may ask for a case's time, stop it, let it go on, approve it, answer for it (mission: C1, C8, T2, T4).

The clock is the lead's: its people and its approvers move it, and the counter that holds the case for the
citizen. Another department speaks for its own work in the case only.
"""

from __future__ import annotations

from datetime import date

from counter_app.domain.casework.beginning import h2_on_paper
from counter_app.domain.casework.rights import Who
from counter_app.domain.casework.state import Handling
from counter_app.domain.hall.plan import HallPlan, Post
from counter_app.domain.intake.case import Case
from counter_app.domain.time.clock import Ask, Clock, Standing
from counter_app.domain.time.stopping import c8_beyond
from counter_app.domain.time.urges import Urge


def t2_may_move(who: Who, place: str, plan: HallPlan, case: Case, clock: Clock, handling: Handling) -> bool:
    """Ask for time, leave time out, have papers corrected."""
    if _lead_or_counter(who, place, plan, case, clock):
        return True
    return who.has("case.review") and who.department in _at_work(handling)


def t2_may_resume(who: Who, place: str, plan: HallPlan, case: Case, clock: Clock, stop: Standing) -> bool:
    """Let time run again: besides lead, counter and supervision whoever's department had it stopped."""
    if _lead_or_counter(who, place, plan, case, clock) or who.has("time.beyond"):
        return True
    asker = plan.member(stop.asked_by)
    return who.has("case.review") and asker is not None and asker.department == who.department


def c8_posts(plan: HallPlan, department: str) -> tuple[Post, ...]:
    """The posts whose word a request of this department's case needs."""
    return tuple(
        post for post in plan.posts if post.department == department and post.level in ("approver", "final")
    )


def c8_may_answer(who: Who, plan: HallPlan, clock: Clock, asked: Ask, today: date) -> bool:
    """Approve, or say no: A or B of an approver's or final post of the lead. Beyond the rules, and where the
    lead has nobody else in such a post, only supervision."""
    if c8_beyond(clock, asked, today):
        return who.has("time.beyond")
    posts = c8_posts(plan, clock.department)
    others = {staff for post in posts for staff in (post.a, post.b)} - {"", asked.by}
    if not others:
        return who.has("time.beyond")
    holds = who.staff in others or any(post.code in who.posts for post in posts)
    return holds and who.has("case.approve")


def t4_may_reply(who: Who, plan: HallPlan, urge: Urge) -> bool:
    """The department that the order names; for one that works on paper the counter enters its reply."""
    if h2_on_paper(plan, urge.department):
        return who.has("reply.enter")
    return who.department == urge.department and who.has("case.review", "case.decide")


def s1_concerns(who: Who, plan: HallPlan, case: Case, place: str, department: str, by: str) -> bool:
    """Whether a request or an order is this person's business in a list of the whole hall: it goes to his
    department (one that works on paper: to the counter), came from it, or is of a case his counter holds.
    Supervision and management see all (mission: S1)."""
    if who.has("case.arbitrate", "work.urge"):
        return True
    asker = plan.member(by)
    if who.department in (department, asker.department if asker else ""):
        return True
    if who.has("reply.enter") and h2_on_paper(plan, department):
        return True
    return bool(place) and place == case.counter


def _lead_or_counter(who: Who, place: str, plan: HallPlan, case: Case, clock: Clock) -> bool:
    if who.department == clock.department:
        return who.has("case.review", "case.decide")
    held = any(str(counter.number) == case.counter for counter in plan.counters)
    return who.has("case.decide") and (place == case.counter or not held)


def _at_work(handling: Handling) -> frozenset[str]:
    """Departments other than the lead whose answer or step is still open in the case."""
    steps = {step.department for step in handling.steps if step.state == "open"}
    return frozenset(steps | {entry.department for entry in handling.assists if entry.answer is None})
