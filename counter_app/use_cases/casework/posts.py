"""AB posts: line, inbox and open work pass over to B with a record, and back again (mission: H5).

审批人员不在…审批流程就会搁浅: nothing lies still because somebody is away. A counter's post is offered to B
until he signs in there; its line and what was put aside stay with the counter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.posts import PostPassed, PostReturned, h5_held_by, h5_holder
from counter_app.domain.casework.rights import c9_has_level, who_of
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import TASKS, Task, TaskPassed
from counter_app.domain.hall.plan import HallPlan, Post
from counter_app.domain.journal import Actor
from counter_app.domain.waiting.facts import TicketTransferred
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.casework.ground import held_posts, post_of
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Store, Transaction
from counter_app.use_cases.waiting.calling import leave_line_to
from counter_app.use_cases.waiting.reference import hall_now

MOST_WORK = 500


@dataclass(frozen=True, slots=True)
class Offer:
    """A counter's post that waits for who stands in: whose it is, since when and why he is away."""

    post: str
    name: str
    counter: str
    away: str
    reason: str
    since: datetime


class HandlingPosts:
    """Passing a post over and back."""

    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def pass_over(self, actor: Actor, key: str, post: str, reason: str, to: str = "") -> int:
        """The post goes to its B (or `to`), with all its holder has in hand for the department; gives how
        much that is. What asks for a level that the new holder does not have stays (mission: C9).

        UserFacingError `post.unknown`, `post.nobody`, `post.elsewhere`, `post.reason-needed`,
        `post.not-yours`.
        """
        checked_text(reason)

        def work(tx: Transaction) -> None:
            plan = self._reference.plan(tx)
            known = _known(plan, post)
            holder = h5_holder(known, post_of(tx, post))
            target = to or (known.b if holder == known.a else known.a)
            _may(plan, known, actor)
            if not reason.strip():
                raise _refused("post.reason-needed", mark("Say why the post passes over."))
            member = plan.member(target)
            if not target or target == holder or member is None:
                raise _refused("post.nobody", mark("There is nobody else to take this post."))
            if known.level and target not in (known.a, known.b) and member.department != known.department:
                raise _refused("post.elsewhere", mark("A post of a department goes to its own people."))
            moved = self._in_hand(tx, plan, known, holder, target)
            fact = PostPassed(
                post=post, from_staff=holder, to_staff=target, tasks=tuple(task.id for task in moved)
            )
            tx.record(fact, private={"reason": reason.encode()})
            _hand(tx, moved, holder, target)
            if known.counter:
                leave_line_to(tx, hall_now(self._reference, tx), holder, str(known.counter))

        events = self._store.act(actor, key, work).events
        return sum(isinstance(event.fact, TaskPassed | TicketTransferred) for event in events)

    def _in_hand(
        self, tx: Transaction, plan: HallPlan, post: Post, holder: str, target: str
    ) -> tuple[Task, ...]:
        """All that somebody who leaves has in hand for the post's department, also what he was handed from
        person to person."""
        who = who_of(plan, target, (*h5_held_by(plan, target, held_posts(tx)), post.code))
        return tuple(
            task
            for task in tx.casework.of_staff(holder, MOST_WORK)
            if task.post == post.code
            or (
                task.department == post.department
                and who is not None
                and c9_has_level(who, tx.get(HANDLINGS, task.case) or Handling(task.case), task)
            )
        )

    def give_back(self, actor: Actor, key: str, post: str) -> int:
        """A is back: post and open work return; gives how much work that is. `post.not-passed`."""

        def work(tx: Transaction) -> None:
            plan = self._reference.plan(tx)
            known, held = _known(plan, post), post_of(tx, post)
            _may(plan, known, actor)
            if held is None or not held.holder:
                raise _refused("post.not-passed", mark("This post was not passed over."))
            passed = (tx.get(TASKS, id) for id in held.passed)
            ours = {task.id: task for task in passed if task is not None and _still_with(task, held.holder)}
            ours.update((task.id, task) for task in _of_post(tx, known, held.holder))
            moved = tuple(ours.values())
            tx.record(PostReturned(post=post, from_staff=held.holder, to_staff=held.away, tasks=tuple(ours)))
            _hand(tx, moved, held.holder, held.away)

        return len(self._store.act(actor, key, work).first(PostReturned).tasks)

    def mine(self, staff: str) -> tuple[Post, ...]:
        """The posts whose A or B this is; all of them for supervision."""
        with self._store.reading() as reader:
            plan = self._reference.plan(reader)
        member = plan.member(staff)
        over = member is not None and "supervision" in member.roles
        return tuple(post for post in plan.posts if _passes(post) and (over or staff in (post.a, post.b)))

    def offers(self, staff: str) -> tuple[Offer, ...]:
        """Counters' posts that passed to this person and at which he has not signed in yet."""
        with self._store.reading() as reader:
            plan = self._reference.plan(reader)
            found = []
            for post in plan.posts:
                held = post_of(reader, post.code) if post.counter else None
                if held is None or held.holder != staff or held.since is None:
                    continue
                here = reader.waiting.access.shift_at(str(post.counter))
                if here is None or here.staff != staff:
                    member = plan.member(held.away)
                    name = member.name if member else held.away
                    found.append(
                        Offer(post.code, post.name, str(post.counter), name, held.reason, held.since)
                    )
            return tuple(found)

    def passed(self, post: str) -> bool:
        """Whether somebody stands in for its A now."""
        with self._store.reading() as reader:
            held = post_of(reader, post)
            return held is not None and bool(held.holder)


def _passes(post: Post) -> bool:
    """Posts with work that can lie still: of handling, of supervision, of counters."""
    return bool(post.level) or post.role == "supervision" or bool(post.counter)


def _still_with(task: Task, staff: str) -> bool:
    return task.open and task.staff == staff


def _of_post(tx: Transaction, post: Post, holder: str) -> tuple[Task, ...]:
    """What the holder has in hand for this post; what nobody has taken goes with the post by itself."""
    return tuple(task for task in tx.casework.of_staff(holder, MOST_WORK) if task.post == post.code)


def _hand(tx: Transaction, tasks: tuple[Task, ...], giver: str, taker: str) -> None:
    for task in tasks:
        tx.record(TaskPassed(case=task.case, task=task.id, from_staff=giver, to_staff=taker))


def _known(plan: HallPlan, code: str) -> Post:
    post = plan.post(code)
    if post is None or not _passes(post):
        raise _refused("post.unknown", mark("There is no post of this code that passes over."))
    return post


def _may(plan: HallPlan, post: Post, actor: Actor) -> None:
    """Its A, its B, or somebody of supervision."""
    member = plan.member(actor.staff)
    if actor.staff not in (post.a, post.b) and not (member and "supervision" in member.roles):
        raise _refused(
            "post.not-yours", mark("A post is passed over by those who hold it, or by supervision.")
        )


def _refused(code: str, text: str) -> UserFacingError:
    return UserFacingError(code, text, kept="Nothing was changed.", remedy="Look at the hall's posts.")
