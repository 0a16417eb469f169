"""A person typed by hand: name, kind and number of the document, phone, address. Marked as typed.

Only fields; whether a number is right is said by the rule that checks it, when it is handed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.text import label

NAME_LIMIT: Final = 50
NUMBER_LIMIT: Final = 30
TEXT_LIMIT: Final = 200


class PersonForm(QWidget):
    """`submitted({"name": …, "number": …, "phone": …, "address": …})` after Enter in the last field."""

    submitted = Signal(object)
    left = Signal()

    def __init__(self, t: Translator, look: Look) -> None:
        super().__init__()
        self._fields: dict[str, Field] = {
            "name": Field(t("Name"), NAME_LIMIT),
            "number": Field(t("ID number"), NUMBER_LIMIT, code=True),
            "phone": Field(t("Phone"), NUMBER_LIMIT, code=True),
            "address": Field(t("Address"), TEXT_LIMIT),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(6))
        for at, (name, field) in enumerate(self._fields.items()):
            caption = label(field.accessibleName(), tone="muted")
            caption.setBuddy(field)
            grid.addWidget(caption, at // 2, at % 2 * 2)
            grid.addWidget(field, at // 2, at % 2 * 2 + 1)
            field.returnPressed.connect(lambda name=name: self._on(name))
        self._done = KeyButton(t("Take over as typed"), "Enter", kind="primary")
        self._done.clicked.connect(self._submit)
        grid.addWidget(self._done, 2, 3)
        self.hide()

    def begin(self, values: Mapping[str, str]) -> None:
        """Show the form with what is known, ready to type."""
        for name, field in self._fields.items():
            field.setText(values.get(name, ""))
        self.show()
        first = next((field for field in self._fields.values() if not field.text()), self._fields["name"])
        first.setFocus()

    def focus_on(self, name: str) -> None:
        """Go to the field to mend."""
        field = self._fields.get(name)
        if field is not None:
            field.setFocus()
            field.selectAll()

    def values(self) -> dict[str, str]:
        return {name: field.text().strip() for name, field in self._fields.items()}

    def _on(self, name: str) -> None:
        names = list(self._fields)
        at = names.index(name) + 1
        if at < len(names):
            self._fields[names[at]].setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        self.submitted.emit(self.values())
