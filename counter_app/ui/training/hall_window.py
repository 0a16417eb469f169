"""The table of a training hall of many machines: a switch for each line, how each machine stands.

What pulls the plug and what a machine says are given; not here: the lines (`simulators/relay.py`), the
machines (`bootstrap`), the trays and papers beside it (`window.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.centre_words import centre_words
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.keys import KeyButton
from counter_app.ui.widgets.text import label
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.sync.state import CentreState

POLL_MS: Final = 500


class LineSwitch(Protocol):
    """A machine's line to the hub."""

    @property
    def is_cut(self) -> bool: ...

    def cut(self) -> None: ...

    def heal(self) -> None: ...


@dataclass(frozen=True)
class TableMachine:
    """One machine of the table; `bench` shows its trays and papers, None when it has none."""

    name: str
    line: LineSwitch
    state: Callable[[], CentreState]
    bench: QWidget | None = None


class HallTable(QWidget):
    """The switches and states, and one bench a machine."""

    def __init__(self, machines: Sequence[TableMachine], clock: Clock, look: Look, t: Translator) -> None:
        super().__init__()
        self.setProperty("panel", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._machines = tuple(machines)
        self._clock = clock
        self._t = t
        self.switches: list[KeyButton] = []
        self.states: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.px(16),) * 4)
        column.setSpacing(look.px(12))
        column.addLayout(self._head(look))
        column.addLayout(self._rows(look))
        self.benches = QTabWidget()
        for machine in self._machines:
            if machine.bench is not None:
                self.benches.addTab(machine.bench, machine.name)
        column.addWidget(self.benches, 1)
        look.dress(self)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def _head(self, look: Look) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(label(self._t("Lines to the centre"), size="title"), 1)
        head.addWidget(label(self._t("Training: nothing here is valid"), chip=True, tone="training"))
        self.all_off = KeyButton(self._t("Cut all lines"), "")
        self.all_off.clicked.connect(self.cut_all)
        self.all_on = KeyButton(self._t("Mend all lines"), "")
        self.all_on.clicked.connect(self.heal_all)
        head.addWidget(self.all_off)
        head.addWidget(self.all_on)
        return head

    def _rows(self, look: Look) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        grid.setColumnStretch(2, 1)
        for row, machine in enumerate(self._machines):
            switch = KeyButton("", "")
            switch.clicked.connect(partial(self.turn, row))
            state = label()
            self.switches.append(switch)
            self.states.append(state)
            grid.addWidget(label(machine.name), row, 0)
            grid.addWidget(switch, row, 1)
            grid.addWidget(state, row, 2)
        return grid

    def turn(self, row: int, *_: object) -> None:
        """Cut a line, or mend it."""
        line = self._machines[row].line
        if line.is_cut:
            line.heal()
        else:
            line.cut()
        self.refresh()

    def cut_all(self) -> None:
        for machine in self._machines:
            machine.line.cut()
        self.refresh()

    def heal_all(self) -> None:
        for machine in self._machines:
            machine.line.heal()
        self.refresh()

    def refresh(self) -> None:
        now = self._clock.now()
        for machine, switch, state in zip(self._machines, self.switches, self.states, strict=True):
            cut = machine.line.is_cut
            said = self._t("Mend the line") if cut else self._t("Cut the line")
            switch.set_words(said)
            switch.setAccessibleName(f"{machine.name} {said}")
            _, words = centre_words(machine.state(), self._t, now)
            state.setText(f"{self._t('line cut')} · {words}" if cut else words)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        for machine in self._machines:
            if machine.bench is not None:
                machine.bench.close()
        super().closeEvent(event)
