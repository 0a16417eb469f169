"""The simulated scanner of a training home: documents to draw by a key, any text to scan, a half-read one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.training.controls import ScannerControl, trouble
from counter_app.ui.widgets.field import Field
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.text import label

LONGEST: Final = 2000
HALF: Final = "half:12"


@dataclass(frozen=True, slots=True)
class Scan:
    """`words` on the key (a message), `orders` are the simulator's control lines."""

    words: str
    orders: tuple[str, ...]


SCANS: Final = (
    Scan(mark("Passport"), ("draw passport",)),
    Scan(mark("Travel permit of Hong Kong and Macao residents"), ("draw hongkong",)),
    Scan(mark("Passport with a wrong digit"), ("draw doubtful",)),
    Scan(
        mark("A code read in part"), (f"fault {HALF}", "scan GSH1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23")
    ),
    Scan(mark("A code of somebody else"), ("scan https://example.cn/",)),
)


class ScannerBar(QWidget):
    """Keys for `SCANS`, a line to type any code into; what the simulator said beneath."""

    def __init__(
        self, scanner: ScannerControl, look: Look, t: Translator, scans: Sequence[Scan] = SCANS
    ) -> None:
        super().__init__()
        self._scanner, self._t = scanner, t
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(4), look.px(16), look.px(12))
        row = QHBoxLayout()
        row.setSpacing(look.px(8))
        row.addWidget(label(t("Simulated scanner"), strong=True))
        for scan in SCANS:
            key = KeyButton(t(scan.words), "")
            key.clicked.connect(partial(self.scan, scan.orders))
            row.addWidget(key)
        self.line = Field(t("Any code, then Enter"), LONGEST, code=True)
        self.line.setPlaceholderText(t("Any code, then Enter"))
        self.line.returnPressed.connect(self._typed)
        row.addWidget(self.line, 1)
        self.said = label(tone="muted", wrap=True)
        column.addLayout(row)
        column.addWidget(self.said)

    def scan(self, orders: Sequence[str], *pressed: object) -> None:
        wrong = next((why for why in (trouble(self._scanner.command(one)) for one in orders) if why), "")
        self.said.setText(wrong or self._t("Scanned."))

    def _typed(self) -> None:
        if text := self.line.text().strip():
            self.scan((f"scan {text}",))
            self.line.clear()
