"""Finds the builder of given facts: `build(facts, t)` is all that other rooms call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from counter_app.domain.paper.builders.arriving import build_agent_slip, build_blank_count
from counter_app.domain.paper.builders.casework import build_copy_notice, build_plan
from counter_app.domain.paper.builders.day_total import build_day_total
from counter_app.domain.paper.builders.decisions import (
    build_no_permit_needed,
    build_refusal,
    build_result,
    build_return_list,
)
from counter_app.domain.paper.builders.delivering import build_delivery, build_letter
from counter_app.domain.paper.builders.ending import build_amendment, build_end
from counter_app.domain.paper.builders.filing import build_archive
from counter_app.domain.paper.builders.handing_over import build_hand_over
from counter_app.domain.paper.builders.money import (
    build_fee_back,
    build_fee_notice,
    build_fee_receipt,
    build_settlement,
)
from counter_app.domain.paper.builders.notices import build_lack, build_once_only_notice
from counter_app.domain.paper.builders.public import build_copy_stamp, build_form, build_guide
from counter_app.domain.paper.builders.receipts import (
    build_acceptance,
    build_correction_receipt,
    build_papers_receipt,
)
from counter_app.domain.paper.builders.signed import with_signatures
from counter_app.domain.paper.builders.ticket import build_ticket
from counter_app.domain.paper.builders.time import build_progress_slip, build_time_notice, build_urge_slip
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.facts_archive import ArchiveFacts
from counter_app.domain.paper.facts_arriving import AgentSlipFacts, BlankCountFacts
from counter_app.domain.paper.facts_casework import CopyNoticeFacts, PlanFacts
from counter_app.domain.paper.facts_delivery import DeliveryFacts, LetterFacts
from counter_app.domain.paper.facts_ending import AmendmentFacts, EndFacts
from counter_app.domain.paper.facts_fees import (
    FeeBackFacts,
    FeeNoticeFacts,
    FeeReceiptFacts,
    SettlementFacts,
)
from counter_app.domain.paper.facts_hall import DayTotalFacts
from counter_app.domain.paper.facts_intake import (
    AcceptanceFacts,
    CorrectionReceiptFacts,
    LackFacts,
    OnceOnlyNoticeFacts,
    PapersReceiptFacts,
    ReturnListFacts,
    TicketFacts,
)
from counter_app.domain.paper.facts_outcome import NoPermitNeededFacts, RefusalFacts, ResultFacts
from counter_app.domain.paper.facts_public import CopyStampFacts, FormFacts, GuideFacts, HandOverFacts
from counter_app.domain.paper.facts_time import ProgressSlipFacts, TimeNoticeFacts, UrgeSlipFacts
from counter_app.domain.paper.model import Paper
from counter_app.i18n import Translator

_BUILDERS: Final[dict[type[PaperFacts], Callable[[Any, Translator], Paper]]] = {
    TicketFacts: build_ticket,
    PapersReceiptFacts: build_papers_receipt,
    AcceptanceFacts: build_acceptance,
    OnceOnlyNoticeFacts: build_once_only_notice,
    CorrectionReceiptFacts: build_correction_receipt,
    LackFacts: build_lack,
    ReturnListFacts: build_return_list,
    NoPermitNeededFacts: build_no_permit_needed,
    RefusalFacts: build_refusal,
    ResultFacts: build_result,
    GuideFacts: build_guide,
    FormFacts: build_form,
    CopyStampFacts: build_copy_stamp,
    HandOverFacts: build_hand_over,
    DayTotalFacts: build_day_total,
    CopyNoticeFacts: build_copy_notice,
    PlanFacts: build_plan,
    EndFacts: build_end,
    AmendmentFacts: build_amendment,
    DeliveryFacts: build_delivery,
    LetterFacts: build_letter,
    TimeNoticeFacts: build_time_notice,
    ProgressSlipFacts: build_progress_slip,
    UrgeSlipFacts: build_urge_slip,
    FeeNoticeFacts: build_fee_notice,
    FeeReceiptFacts: build_fee_receipt,
    FeeBackFacts: build_fee_back,
    SettlementFacts: build_settlement,
    ArchiveFacts: build_archive,
    BlankCountFacts: build_blank_count,
    AgentSlipFacts: build_agent_slip,
}


def build(facts: PaperFacts, t: Translator) -> Paper:
    """The paper these facts make, in the translator's language. Raises KeyError for unknown facts."""
    return with_signatures(_BUILDERS[type(facts)](facts, t), facts.head.signed, t)
