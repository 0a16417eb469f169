"""What handing over takes and what views of it show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from counter_app.domain.delivery.delivery import Delivery, Manner
from counter_app.domain.delivery.rules import Relation
from counter_app.domain.intake.case import Mandate, Stage
from counter_app.use_cases.intake.inputs import PersonInput

Amending = Literal["corrected", "reissued", "changed", "revoked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultInput:
    """`code` of the catalogue's result ("" its first). Without days the catalogue's validity counts from
    today. `blank` is the number of the numbered blank it stands on."""

    number: str = ""
    code: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    blank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectInput:
    """Who collects and what he showed. `receipt` is a number of the case's papers as scanned or typed;
    `declared`: its loss is declared. `applicant_number` is that of the applicant's document brought along.
    `results` () means all that can be handed over."""

    relation: Relation
    person: PersonInput
    receipt: str = ""
    declared: bool = False
    mandate: Mandate | None = None
    applicant_number: str = ""
    results: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedInput:
    """Delivered otherwise than over the counter: `manner`, to whom, where, who witnessed; `refused` why it
    was not taken."""

    manner: Manner
    receiver: str = ""
    relation: str = ""
    place: str = ""
    witness: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendInput:
    """What becomes of result no. `result`, why, on what law; `was` and `now` of a correction or change."""

    amendment: Amending
    reason: str
    article: str
    result: int = 1
    was: str = ""
    now: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A case's results for the clerk. `relations` are those the item lets collect."""

    case: str
    number: str
    item: str
    stage: Stage
    applicant: str
    delivery: Delivery
    relations: tuple[str, ...]
    ways: tuple[str, ...]
    wished: str


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A result nobody collected. `chase`: the citizen is to be told again; `give_back`: it is to go back."""

    case: str
    number: str
    item: str
    applicant: str
    results: tuple[str, ...]
    since: datetime
    days: int
    tries: int
    last_try: datetime | None
    chase: bool
    give_back: bool
