"""The plastic a card is printed on: a numbered blank of the counter's stock, of its own kind (P9, P11).

A hall whose plastic bears no numbers keeps no such stock, and nothing is asked. Pure look-ups and records
within an act; not here: the stock's own commands (`use_cases/blanks`).
"""

from __future__ import annotations

from counter_app.domain.blanks.blanks import (
    BLANKS,
    BlankIssued,
    BlankReturned,
    Blanks,
    IssuedBlankSpoiled,
    without,
)
from counter_app.domain.paper.cards import TITLES, Card
from counter_app.errors import UserFacingError
from counter_app.use_cases.blanks.blanks import stretch_of
from counter_app.use_cases.ports.store import Reader, Transaction


def take_blank(tx: Transaction, card: Card, counter: str) -> str:
    """The number of the plastic for the next print: the one named when the card was issued if it lies here,
    else the next. "" where the counter keeps none of this kind. UserFacingError `card.no-blank`."""
    kind, stock = TITLES[card.kind], _stock(tx, counter)
    if all(known != kind for known, _ in stock.stock):
        return ""
    named = "" if card.prints else card.blank
    here = named and without(stock.of(kind), named) is not None
    number = named if here else stock.following(kind)
    if not number:
        raise UserFacingError(
            "card.no-blank",
            "No blank of {kind} is left at this counter.",
            kept="Nothing was printed.",
            remedy="Take blanks in (Ctrl+M, A B), or have another counter hand some on.",
            kind=kind,
        )
    tx.record(BlankIssued(counter=counter, kind=kind, number=number, case=card.case))
    return number


def spoil_blank(tx: Transaction, card: Card, reason: str) -> None:
    """The plastic of the earlier print is kept as spoiled, where it came from a stock."""
    if card.blank and card.blank_at:
        tx.record(
            IssuedBlankSpoiled(
                counter=card.blank_at,
                kind=TITLES[card.kind],
                number=card.blank,
                case=card.case,
                reason=reason,
            )
        )


def give_back(tx: Transaction, card: Card) -> None:
    """The plastic of a print that did not come about lies in the stock again."""
    if card.blank and card.blank_at:
        one = stretch_of(card.blank, card.blank)
        tx.record(
            BlankReturned(
                counter=card.blank_at,
                kind=TITLES[card.kind],
                number=card.blank,
                case=card.case,
                prefix=one.prefix,
                count=one.first,
                width=one.width,
            )
        )


def _stock(reader: Reader, counter: str) -> Blanks:
    return reader.get(BLANKS, counter) or Blanks(counter)
