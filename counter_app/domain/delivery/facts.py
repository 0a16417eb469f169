"""A case's results on their way to the citizen, as facts (mission: C13, C18, P6).

Every fact names the case as well: its history is whole, and what is erased with it is found. Who collected,
addresses and reasons in own words are private parts (`collector`, `address`, `reason`, `was`, `now`).
`results` are places in the case's list of results, from 1. Not here: what the facts come to (`delivery.py`).
"""

from __future__ import annotations

from counter_app.domain.journal import Fact


class DeliveryFact(Fact):
    """Base of every fact about a case's results."""

    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"delivery:{self.case}", f"case:{self.case}")


class ResultRecorded(DeliveryFact):
    """Who decides says what was produced: `code` of the catalogue's result, number, validity (ISO days).

    `blank` is the number of the numbered blank it stands on (mission: P11).
    """

    code: str
    name: str
    number: str = ""
    valid_from: str | None = None
    valid_until: str | None = None
    blank: str = ""


class ResultDue(DeliveryFact):
    """Granted, and the paper the item ends in is still to be made: by `until` at the latest (颁发证件的期限;
    行政许可法第四十四条)."""

    until: str


class ResultHandedOver(DeliveryFact):
    """送达. `manner` is one of `MANNERS`; `receipt` the paper shown, `declared` that it was lost.

    `collector` (hashed number) tells the same person again; `paper` is the collection slip's number.
    """

    results: tuple[int, ...]
    manner: str
    relation: str
    receipt: str = ""
    declared: bool = False
    mandate: str = ""
    lookup: str = ""
    paper: str = ""


class HandingRefused(DeliveryFact):
    """The receiver would not sign or take it; what the server noted is the private part `reason`."""

    manner: str
    witness: str = ""


class ResultPosted(DeliveryFact):
    """邮寄: given to `carrier` under `tracking`; the address is the private part `address`."""

    results: tuple[int, ...]
    carrier: str
    tracking: str


class PostSettled(DeliveryFact):
    """What became of the post: `arrived` and signed for, or it came back with a reason."""

    tracking: str
    arrived: bool
    reason: str = ""


class ResultSentToStation(DeliveryFact):
    """Sent on to a station (its hall's code), which hands it over by the same rules."""

    results: tuple[int, ...]
    station: str


class ResultReturned(DeliveryFact):
    """Nobody collected it: it went back to `department`."""

    results: tuple[int, ...]
    department: str
    paper: str = ""


class ResultAmended(DeliveryFact):
    """更正, 补证, 变更, 撤销 (`amendment`) of one result, with its basis; `number` the new one, if any."""

    result: int
    amendment: str
    article: str
    number: str = ""
    paper: str = ""
