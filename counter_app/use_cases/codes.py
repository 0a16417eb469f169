"""The one recogniser of scans with the catalogue in force: counter, kiosk, commands and trials ask the same.

Without the catalogue an item's code is somebody else's. Not here: what a text is (`domain/scanning`), what is
done about it.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.scanning.codes import CodeKind, Recognised, recognise
from counter_app.errors import mark
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.waiting.reference import Reference

# What was scanned, in a sentence; of a foreign code what it seems to be, and what it is not.
SAID: Final = {
    CodeKind.PAPER: mark("A paper of a hall, with its seal code."),
    CodeKind.TICKET: mark("A queue ticket."),
    CodeKind.NUMBER: mark("The number of a case or paper."),
    CodeKind.QUERY: mark("A query code."),
    CodeKind.ITEM: mark("An item of this hall."),
    CodeKind.MRZ: mark("The lines of a passport or permit."),
    CodeKind.PERSON: mark("An identity number."),
    CodeKind.SETUP: mark("The set-up code of the scanners."),
    CodeKind.HALF: mark("A code that was read only in part: scan it again."),
}
FOREIGN_SAID: Final = {
    "an address on the web": mark("An address on the web: no ticket, case, paper or item of this hall."),
    "a payment code": mark("A payment code: no ticket, case, paper or item of this hall."),
    "a bar code of goods": mark("A bar code of goods: no ticket, case, paper or item of this hall."),
    "": mark("Somebody else's code: no ticket, case, paper or item of this hall."),
}


def said(code: Recognised) -> str:
    """An English source for a person."""
    return SAID.get(code.kind) or FOREIGN_SAID.get(code.whose, FOREIGN_SAID[""])


class Codes:
    """The recogniser of one home."""

    def __init__(self, store: Store, reference: Reference) -> None:
        self._store = store
        self._reference = reference

    def items(self) -> frozenset[str]:
        """The codes of the items in force today: for who recognises without waiting for the store."""
        with self._store.reading() as reader:
            catalogue = self._reference.catalogue(reader)
            return frozenset(item.code for item in catalogue.current(reader.now.date()))

    def is_item(self, text: str) -> bool:
        return text in self.items()

    def recognise(self, raw: str) -> Recognised:
        """What `raw` is; the store is asked only where the text does not say so itself."""
        return recognise(raw, self.is_item)
