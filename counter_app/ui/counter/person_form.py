"""A person or organisation typed by hand: what its kind of document asks for. Marked as typed.

Only fields; whether a number is right is said by the rule that checks it, when it is handed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from counter_app.i18n import Translator
from counter_app.ui.counter.persons_presenter import DATED, DOCUMENTS, ORGANISATION, RESIDENT
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.text import label

NAME_LIMIT: Final = 50
NUMBER_LIMIT: Final = 30
TEXT_LIMIT: Final = 200
_PERSON: Final = ("name", "number", "phone", "address")
_BY_LINES: Final = ("name", "number", "birth", "valid_to", "phone", "address")
_ORGANISATION: Final = (
    "name",
    "number",
    "organisation_type",
    "capital",
    "representative",
    "phone",
    "address",
)


class PersonForm(QWidget):
    """`submitted({"document": …, "name": …, "number": …, …})` after Enter in the last field."""

    submitted = Signal(object)
    left = Signal()

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._t = t
        self._document = RESIDENT
        self._kind = label(strong=True)
        self._fields: dict[str, Field] = {
            "name": Field(t("Name"), NAME_LIMIT),
            "number": Field(t("ID number"), NUMBER_LIMIT, code=True),
            "birth": Field(t("Birth date"), NUMBER_LIMIT, code=True),
            "valid_to": Field(t("Valid until"), NUMBER_LIMIT, code=True),
            "organisation_type": Field(t("Type of organisation"), NAME_LIMIT),
            "capital": Field(t("Registered capital"), NUMBER_LIMIT),
            "representative": Field(t("Legal representative"), NAME_LIMIT),
            "phone": Field(t("Phone"), NUMBER_LIMIT, code=True),
            "address": Field(t("Address"), TEXT_LIMIT),
        }
        self._captions: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(8))
        self._grid.setVerticalSpacing(look.px(6))
        self._grid.addWidget(self._kind, 0, 0, 1, 4)
        for name, field in self._fields.items():
            caption = label(field.accessibleName(), tone="muted")
            caption.setBuddy(field)
            self._captions[name] = caption
            field.returnPressed.connect(lambda name=name: self._on(name))
        self._done = KeyButton(t("Take over as typed"), "Enter", kind="primary")
        self._done.clicked.connect(self._submit)
        self._place()
        self.hide()

    def begin(self, document: str, values: Mapping[str, str]) -> None:
        """Show the form of a kind of document with what is known, ready to type."""
        t, self._document = self._t, document
        self._kind.setText(t(DOCUMENTS.get(document, document)))
        if document == ORGANISATION:
            number = t("Credit code")
        else:
            number = t("ID number") if document == RESIDENT else t("Number of the document")
        self._captions["number"].setText(number)
        self._fields["number"].setAccessibleName(number)
        for name, field in self._fields.items():
            field.setText(values.get(name, ""))
        self._place()
        self.show()
        self.take_keys()

    def take_keys(self) -> None:
        """The keys go to the first empty field, unless they are in one of them."""
        if not any(field.hasFocus() for field in self._fields.values()):
            first = next((name for name in self._names if not self._fields[name].text()), "name")
            self._fields[first].setFocus()

    def focus_on(self, name: str) -> None:
        """Go to the field to mend."""
        field = self._fields.get(name)
        if field is not None:
            field.setFocus()
            field.selectAll()

    def values(self) -> dict[str, str]:
        typed = {name: self._fields[name].text().strip() for name in self._names}
        return {"document": self._document, **typed}

    @property
    def _names(self) -> tuple[str, ...]:
        if self._document == ORGANISATION:
            return _ORGANISATION
        return _BY_LINES if self._document in DATED else _PERSON

    def _place(self) -> None:
        """Two fields a row, those of this kind of document only."""
        for name, field in self._fields.items():
            for part in (self._captions[name], field):
                self._grid.removeWidget(part)
                part.setParent(self)
                part.setVisible(name in self._names)
        for at, name in enumerate(self._names):
            self._grid.addWidget(self._captions[name], 1 + at // 2, at % 2 * 2)
            self._grid.addWidget(self._fields[name], 1 + at // 2, at % 2 * 2 + 1)
        self._grid.removeWidget(self._done)
        self._grid.addWidget(self._done, 1 + (len(self._names) + 1) // 2, 3)
        for before, after in zip(self._names, self._names[1:], strict=False):
            QWidget.setTabOrder(self._fields[before], self._fields[after])

    def _on(self, name: str) -> None:
        names = self._names
        at = names.index(name) + 1
        if at < len(names):
            self._fields[names[at]].setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        self.submitted.emit(self.values())
