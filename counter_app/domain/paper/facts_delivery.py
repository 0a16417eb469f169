"""Facts of handing over and of telling: 送达回证, 领取凭据, the letter (mission: P6, I17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from counter_app.domain.paper.facts import ItemNamed, PaperFacts, PaperKind

Manner = Literal["direct", "post", "electronic", "entrusted", "passed_on", "left", "public"]
About = Literal["result", "lack", "fee", "notice", "decision", "choice", "held_up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFacts(PaperFacts):
    """领取凭据 (`direct`) or 送达回证 (every other manner).

    It names the result and who took it, and nothing else of the case: the collector sees only the result.
    `delivered` are (name, number); `receiver_id` is masked; `shown` says what proved the right to it.
    """

    manner: Manner
    case_number: str
    item: ItemNamed
    for_whom: str
    delivered: tuple[tuple[str, str], ...]
    receiver: str = ""
    relation: str = ""
    receiver_id: str = ""
    shown: tuple[str, ...] = ()
    place: str = ""
    refusal: str = ""
    witness: str = ""
    authority: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.DELIVERY


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts(PaperFacts):
    """通知信: to whom and where, what is to be known, what to bring, until when."""

    about: About
    case_number: str
    item: ItemNamed
    addressee: str
    address: str = ""
    things: tuple[str, ...] = ()
    until: date | None = None
    nth: int = 1

    @property
    def kind(self) -> PaperKind:
        return PaperKind.LETTER
