"""Everything that is done with cases behind the counter, bound once by `bootstrap`."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.use_cases.casework.asking import Asking
from counter_app.use_cases.casework.drafts import OpinionDrafts
from counter_app.use_cases.casework.group import WorkingGroup
from counter_app.use_cases.casework.joint import JointMatters, JointNeeds
from counter_app.use_cases.casework.overtaken import OvertakenWork
from counter_app.use_cases.casework.plans import Plans
from counter_app.use_cases.casework.posts import HandlingPosts
from counter_app.use_cases.casework.queries import CaseworkQueries
from counter_app.use_cases.casework.work import Work
from counter_app.use_cases.intake.deciding import Deciding
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Store


@dataclass(frozen=True)
class Casework:
    """`work`: a handler's own; `drafts`: what is not signed yet; `asking`: between departments; `group`:
    notes and meetings; `joint`: matters of several cases; `plans`: approval, tracking, papers; `posts`: A and
    B; `overtaken`: what two did while cut off."""

    work: Work
    drafts: OpinionDrafts
    asking: Asking
    group: WorkingGroup
    joint: JointMatters
    plans: Plans
    posts: HandlingPosts
    overtaken: OvertakenWork
    queries: CaseworkQueries


def joint_matters(store: Store, reference: CaseReference, deciding: Deciding) -> JointMatters:
    needs = JointNeeds(
        deciding.number, deciding.people.reindex, deciding.carry_out_behind, deciding.statements
    )
    return JointMatters(store, reference, needs)


def casework_of(store: Store, reference: CaseReference, deciding: Deciding) -> Casework:
    return Casework(
        work=Work(store, reference, deciding.carry_out_behind, deciding.statements),
        drafts=OpinionDrafts(store, reference),
        asking=Asking(store, reference, deciding.statements),
        group=WorkingGroup(store, reference, deciding.statements),
        joint=joint_matters(store, reference, deciding),
        plans=Plans(store, reference, deciding.statements),
        posts=HandlingPosts(store, reference),
        overtaken=OvertakenWork(store, reference),
        queries=CaseworkQueries(store, reference),
    )
