"""Facts to bytes and back, strictly: what is reprinted years later is what was printed.

The bytes are canonical JSON `{"facts", "facts_version", "kind", "type"}`. A key nobody knows, a
wrong type or a later version is an error, never ignored. msgspec reads and checks the types; by hand
is what it does not do for dataclasses: refuse a key it does not know, write times in milliseconds.
Not here: where the bytes are kept.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import msgspec

from counter_app.domain.journal import canonical
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
from counter_app.errors import UserFacingError

FACTS: Final[dict[str, type[PaperFacts]]] = {
    facts.__name__: facts
    for facts in (
        TicketFacts,
        PapersReceiptFacts,
        AcceptanceFacts,
        OnceOnlyNoticeFacts,
        CorrectionReceiptFacts,
        LackFacts,
        ReturnListFacts,
        NoPermitNeededFacts,
        RefusalFacts,
        ResultFacts,
        GuideFacts,
        FormFacts,
        CopyStampFacts,
        HandOverFacts,
        DayTotalFacts,
        EndFacts,
        AmendmentFacts,
        DeliveryFacts,
        LetterFacts,
        TimeNoticeFacts,
        ProgressSlipFacts,
        UrgeSlipFacts,
        FeeNoticeFacts,
        FeeReceiptFacts,
        FeeBackFacts,
        SettlementFacts,
        CopyNoticeFacts,
        PlanFacts,
        ArchiveFacts,
        BlankCountFacts,
        AgentSlipFacts,
    )
}
# While the module loads: msgspec takes a type in once, and crashes when two threads do it at once.
_TAKEN_IN: Final = tuple(msgspec.json.Decoder(kind) for kind in FACTS.values())


def to_json(facts: PaperFacts) -> bytes:
    """Canonical bytes of the facts. Raises UserFacingError when a text cannot be stored."""
    raw = msgspec.to_builtins(facts, builtin_types=(datetime,))
    del raw["head"]["signed"]  # of later acts: the paper's own bytes, which are signed, do not change
    return canonical(
        {
            "type": type(facts).__name__,
            "kind": facts.kind.value,
            "facts_version": facts.facts_version,
            "facts": _plain(raw),
        }
    )


def from_json(data: bytes) -> PaperFacts:
    """Read facts back.

    Raises UserFacingError `paper.facts-newer` for facts of a later version and
    `paper.facts-unreadable` for anything that `to_json` would not have written.
    """
    try:
        outer = json.loads(data)
        kind, version = FACTS[outer["type"]], outer["facts_version"]
        if not isinstance(version, int):
            raise TypeError("facts_version is no number")
        if version > kind.facts_version:
            raise UserFacingError(
                "paper.facts-newer",
                "This paper was made by a later version of the program.",
                kept="Its contents are kept.",
                remedy="Update this counter, then print it again.",
            )
        facts = msgspec.convert(outer["facts"], kind)
        _refuse_unknown(outer["facts"], msgspec.to_builtins(facts), "facts")
        if outer["kind"] != facts.kind.value:
            raise ValueError(f"kind {outer['kind']!r} is not {facts.kind.value!r}")
    except (ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
        raise UserFacingError(
            "paper.facts-unreadable",
            "The stored contents of this paper cannot be read: {reason}",
            remedy="Have the store checked (counter-app store check).",
            reason=str(error),
        ) from error
    return facts


def reprinted(facts: PaperFacts, count: int, reason: str) -> PaperFacts:
    """The same facts for the `count`-th print, saying why (mission: P10)."""
    return replace(facts, head=replace(facts.head, print_count=count, reprint_reason=reason))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value


def _refuse_unknown(raw: Any, known: Any, where: str) -> None:
    """A key that did not survive reading is one this version does not know."""
    if isinstance(raw, dict) and isinstance(known, dict):
        for key, value in raw.items():
            if key not in known:
                raise ValueError(f"{where}.{key} is not known")
            _refuse_unknown(value, known[key], f"{where}.{key}")
    elif isinstance(raw, list) and isinstance(known, list | tuple):
        for index, (left, right) in enumerate(zip(raw, known, strict=True)):
            _refuse_unknown(left, right, f"{where}[{index}]")
