"""Who acts on a case's time: commands and windows alike name a person with a right (mission: C8, T2, X3).

A command without a badge acts for the home's account; only what a paper names its approver for needs a
person.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.casework.beginning import management
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.posts import h5_held_by
from counter_app.domain.casework.rights import Who, who_of
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.time_rights import (
    c8_may_answer,
    c8_posts,
    t2_may_move,
    t2_may_resume,
    t4_may_reply,
)
from counter_app.domain.hall.plan import HallPlan, StaffMember
from counter_app.domain.hall.rights import Right, rights_of
from counter_app.domain.journal import Actor
from counter_app.domain.time.clock import Ask, Clock
from counter_app.domain.time.stopping import c8_beyond, t2_nobodys_own
from counter_app.domain.time.suspended import c8_days_before
from counter_app.domain.time.urges import Urge
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.ground import held_posts
from counter_app.use_cases.intake.look import Look
from counter_app.use_cases.ports.store import Reader

BY_COMMAND: Final = "command"


def acting(plan: HallPlan, actor: Actor, *rights: Right) -> StaffMember:
    """The person who acts; one of `rights` is enough. UserFacingError `time.who`, `access.no-right`."""
    member = plan.member(actor.staff)
    if member is None:
        raise UserFacingError(
            "time.who",
            "Nobody with the badge {badge} works in this hall.",
            kept="Nothing was changed.",
            remedy="Log in; a command names the person with --staff.",
            badge=actor.staff,
        )
    if not rights_of(member.roles) & frozenset(rights):
        raise UserFacingError(
            "access.no-right",
            "Your role does not allow this.",
            remedy="Ask somebody who may, or the administrator for the right.",
            right=rights[0],
        )
    return member


def person(reader: Reader, plan: HallPlan, actor: Actor, *rights: Right) -> Who | None:
    """As `acting`, with the posts held now; None for a command without a badge."""
    if actor.staff == BY_COMMAND:
        return None
    acting(plan, actor, *rights)
    return who_of(plan, actor.staff, h5_held_by(plan, actor.staff, held_posts(reader)))


def need_move(reader: Reader, seen: Look, clock: Clock, actor: Actor) -> None:
    """May this person ask for time here, or stop it? UserFacingError `time.not-yours`, those of `acting`."""
    who = person(reader, seen.plan, actor, "case.review", "case.decide")
    handling = reader.get(HANDLINGS, clock.case) or Handling(clock.case)
    if who is not None and not t2_may_move(who, actor.place, seen.plan, seen.case, clock, handling):
        raise _not_yours(who, seen)


def need_resume(reader: Reader, seen: Look, clock: Clock, actor: Actor) -> None:
    """As `need_move`, for a clock that stands."""
    who = person(reader, seen.plan, actor, "case.review", "case.decide", "time.beyond")
    stop = clock.standing
    if who is not None and stop and not t2_may_resume(who, actor.place, seen.plan, seen.case, clock, stop):
        raise _not_yours(who, seen)


def need_answer(reader: Reader, seen: Look, clock: Clock, asked: Ask, actor: Actor) -> StaffMember:
    """Who approves or refuses this request. UserFacingError `time.own`, `time.not-approver`,
    `time.three-months`, those of `acting`."""
    member = acting(seen.plan, actor, "case.approve", "time.beyond")
    t2_nobodys_own(asked, actor.staff)
    if c8_beyond(clock, asked, seen.today):
        _need_supervision(seen, clock, asked, member)
        return member
    who = who_of(seen.plan, actor.staff, h5_held_by(seen.plan, actor.staff, held_posts(reader)))
    if who is not None and not c8_may_answer(who, seen.plan, clock, asked, seen.today):
        over = management(seen.plan)
        posts = c8_posts(seen.plan, clock.department) or ((over,) if over else ())
        raise UserFacingError(
            "time.not-approver",
            "{name} does not approve time of this case: it is for {others}.",
            kept="The request waits for another.",
            remedy="Let one of them answer it; it stands in their inbox.",
            name=who.name,
            others="、".join(post.name for post in posts),
        )
    return member


def _need_supervision(seen: Look, clock: Clock, asked: Ask, member: StaffMember) -> None:
    if "time.beyond" in rights_of(member.roles):
        return
    if asked.kind != "suspension":
        acting(seen.plan, Actor(member.badge), "time.beyond")
    raise UserFacingError(
        "time.three-months",
        "With the {days} days it stood before, this goes beyond three months: only supervision approves it.",
        kept="The request waits for another.",
        remedy="Let supervision answer it, or have an earlier end asked for.",
        days=c8_days_before(seen.today, clock.suspensions),
    )


def need_reply(reader: Reader, plan: HallPlan, urge: Urge, department: str, actor: Actor) -> None:
    """Who answers this order. UserFacingError `urge.not-yours`, those of `acting`."""
    who = person(reader, plan, actor, "case.review", "case.decide", "reply.enter")
    if who is not None and not t4_may_reply(who, plan, urge):
        raise UserFacingError(
            "urge.not-yours",
            "{name} does not answer this order: it is for {department}.",
            kept="Nothing was changed.",
            remedy="Let that department answer; what it writes on paper the counter enters.",
            name=who.name,
            department=department,
        )


def _not_yours(who: Who, seen: Look) -> UserFacingError:
    return UserFacingError(
        "time.not-yours",
        "{name} does not move the time of this case: that is for {department} and the counter that holds it.",
        kept="The clock is as it was.",
        remedy="Ask them; your own department only while it has work in this case.",
        name=who.name,
        department=seen.department,
    )
