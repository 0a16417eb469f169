"""What a paper's QR states, signed with this device's key; and whether a scanned one is genuine (P10).

Offline the answer is "genuine when issued, state unknown"; where the paper is in this store, its
state and print count are added. Not here: the format (`domain/paper/statement.py`), the key itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Protocol

from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.numbers import epoch_of
from counter_app.domain.paper.facts import Applicant, ItemNamed, PaperFacts, PaperKind
from counter_app.domain.paper.issued import IssuedPaper
from counter_app.domain.paper.statement import HEAD, Statement, read, to_text
from counter_app.errors import mark
from counter_app.use_cases.ports.store import Reader

DECISIONS: Final[dict[PaperKind, str]] = {
    PaperKind.PAPERS_RECEIPT: "received",
    PaperKind.ACCEPTANCE: "accepted",
    PaperKind.ONCE_ONLY_NOTICE: "notice",
    PaperKind.CORRECTION_NOTICE: "notice",
    PaperKind.CORRECTION_RECEIPT: "corrections",
    PaperKind.NO_PERMIT_NEEDED: "no-permit",
    PaperKind.REFUSAL: "refused",
    PaperKind.RESULT: "granted",
    PaperKind.DENIAL: "denied",
    PaperKind.LACK_NOTICE: "accepted-lacking",
    PaperKind.LACK_PROMISE: "promised",
    PaperKind.RETURN_LIST: "returned",
    PaperKind.HAND_OVER: "handed-over",
    PaperKind.DAY_TOTAL: "day-closed",
    PaperKind.COPY_NOTICE: "asked",
    PaperKind.PLAN: "planned",
    PaperKind.END_NOTICE: "ended",
    PaperKind.AMENDMENT: "amended",
    PaperKind.DELIVERY: "delivered",
    PaperKind.LETTER: "told",
    PaperKind.TIME_NOTICE: "time-moved",
    PaperKind.PROGRESS_SLIP: "progress",
    PaperKind.URGE_SLIP: "urged",
    PaperKind.FEE_NOTICE: "fee-due",
    PaperKind.FEE_RECEIPT: "paid",
    PaperKind.FEE_BACK: "given-back",
    PaperKind.SETTLEMENT: "settled",
    PaperKind.ARCHIVE: "filed",
    PaperKind.BLANK_COUNT: "counted",
    PaperKind.AGENT_SLIP: "by-agent",
}


class DeviceSigner(Protocol):
    """Signs with this device's Ed25519 key. `key_id` is 16 hex digits."""

    @property
    def key_id(self) -> str: ...

    def sign(self, data: bytes) -> bytes: ...


class KnownKeys(Protocol):
    """The public keys of devices this hall trusts."""

    def verify(self, key_id: str, data: bytes, signature: bytes) -> bool | None:
        """Whether the signature holds; None when the key is not known here."""
        ...


class Statements:
    """Makes the QR text of papers as they are issued."""

    def __init__(self, signer: DeviceSigner) -> None:
        self._signer = signer

    def statement(self, facts: PaperFacts, *, seq: int, head: str, event: str) -> str:
        """`seq` and `head` are where the journal stands; `event` is the id the paper will have."""
        item = getattr(facts, "item", None)
        applicant = getattr(facts, "applicant", None)
        named = item if isinstance(item, ItemNamed) else ItemNamed(name="")
        said = Statement(
            number=facts.head.number,
            kind=facts.kind,
            item_code=named.code,
            item_name=named.name,
            decision=DECISIONS.get(facts.kind, ""),
            on=facts.head.acted_at.date(),
            masked_name=mask_name(applicant.name) if isinstance(applicant, Applicant) else "",
            device=event.rsplit(".", 2)[0],
            epoch=epoch_of(event),
            seq=seq,
            head=head[:HEAD],
            key_id=self._signer.key_id,
        )
        return to_text(said, self._signer.sign)

    def card(self, number: str, title: str, name: str, on: date, *, seq: int, head: str, event: str) -> str:
        """What a card's code says: a result that was issued, under the card's title (mission: P9)."""
        said = Statement(
            number=number,
            kind=PaperKind.RESULT,
            item_code="",
            item_name=title,
            decision="issued",
            on=on,
            masked_name=mask_name(name),
            device=event.rsplit(".", 2)[0],
            epoch=epoch_of(event),
            seq=seq,
            head=head[:HEAD],
            key_id=self._signer.key_id,
        )
        return to_text(said, self._signer.sign)


Result = Literal["genuine", "forged", "unknown_key"]
_MESSAGES: Final[dict[Result, str]] = {
    "genuine": mark("Genuine when issued; its state now is unknown here."),
    "forged": mark("Not genuine: it was not issued so, or it was altered."),
    "unknown_key": mark("The key that signed this is not known here: ask the hall that issued it."),
}


@dataclass(frozen=True, slots=True)
class Verification:
    """`paper` and `stage` where the paper is in this store; `anchored` whether the journal here still
    has the very event that the paper quotes (None where it is another device's)."""

    result: Result
    message: str
    statement: Statement
    paper: IssuedPaper | None
    stage: str
    anchored: bool | None


def verification(reader: Reader, keys: KnownKeys, text: str, stage: str = "") -> Verification:
    """Judge a scanned text. UserFacingError `paper.qr-unreadable` when it is no statement."""
    statement, signed, signature = read(text)
    holds = keys.verify(statement.key_id, signed, signature)
    result: Result = "unknown_key" if holds is None else ("genuine" if holds else "forged")
    paper = reader.papers.by_number(statement.number) if result == "genuine" else None
    message = _MESSAGES[result]
    if paper is not None:
        message = mark("Genuine, and known here.")
    return Verification(result, message, statement, paper, stage, _anchored(reader, statement))


def _anchored(reader: Reader, statement: Statement) -> bool | None:
    event = reader.event(f"{statement.device}.{statement.epoch}.{statement.seq}")
    return None if event is None else event.hash.startswith(statement.head)
