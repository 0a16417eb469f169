"""Keeping an opinion that is not signed yet, and letting it go when it is (mission: C9; decision 030)."""

from __future__ import annotations

from counter_app.domain.casework.drafts import DRAFTS, OpinionDraft, OpinionDraftDropped, OpinionDrafted
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.ground import ground, needs, task_of, who_acts
from counter_app.use_cases.casework.opinion_words import checked_draft
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Store, Transaction


class OpinionDrafts:
    """Drafts of who may sign the open step."""

    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def keep(self, actor: Actor, key: str, case: str, step: str, draft: OpinionDraft) -> None:
        """Keep all of it as it stands; the same again is no event. UserFacingError `draft.gone`, `work.*`."""
        checked_draft(draft)

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            doing = on.handling.step(step)
            if doing is None or doing.state != "open":
                raise _gone()
            needs("opine", who_acts(tx, on.plan, actor), on, task_of(tx, doing.task))
            drafted = tx.get(DRAFTS, case)
            known = drafted.of(step, actor.staff) if drafted is not None else None
            if (known.draft if known is not None else OpinionDraft()) != draft:
                _record(tx, case, step, draft)

        self._store.act(actor, key, work)


def drop_draft(tx: Transaction, actor: Actor, case: str, step: str) -> None:
    """The step was signed: its author's draft goes."""
    drafted = tx.get(DRAFTS, case)
    if drafted is not None and drafted.of(step, actor.staff) is not None:
        tx.record(OpinionDraftDropped(case=case, step=step))


def _record(tx: Transaction, case: str, step: str, draft: OpinionDraft) -> None:
    private = {"text": draft.text.encode(), "reason": draft.band_reason.encode()}
    tx.record(
        OpinionDrafted(
            case=case,
            step=step,
            view=draft.view or "",
            law=draft.law,
            article=draft.article,
            conditions=draft.conditions,
            bands=draft.bands,
            band_approver=draft.band_approver,
            result_number=draft.result_number,
        ),
        private={slot: words for slot, words in private.items() if words},
    )


def _gone() -> UserFacingError:
    return UserFacingError(
        "draft.gone",
        "This step is not open any more: what was filled in can be signed by nobody.",
        kept="The draft stays in the journal as it was last kept.",
        remedy="Look at the course of the case.",
    )
