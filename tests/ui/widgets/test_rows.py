"""The item model over frozen rows keeps Qt's contract and redraws only what changed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from counter_app.ui.widgets.rows import ROW_ROLE, SORT_ROLE, Column, RowsModel


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    minutes: int


def _model() -> RowsModel[Row]:
    return RowsModel(
        (
            Column("id", "Number", lambda row: row.id),
            Column("wait", "Waits", lambda row: f"{row.minutes} min", lambda row: row.minutes),
        ),
        key=lambda row: row.id,
    )


def test_the_model_keeps_qts_contract(qtbot: QtBot) -> None:
    model = _model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows in ((), (Row("A", 1), Row("B", 2)), (Row("A", 3), Row("B", 2)), (Row("B", 2),), ()):
        model.set_rows(rows)
        assert model.rows == rows
    assert tester.model() is model


def test_roles_give_text_order_and_the_row(qtbot: QtBot) -> None:
    model = _model()
    model.set_rows((Row("A", 12),))
    index = model.index(0, 1)
    assert index.data() == "12 min"
    assert index.data(SORT_ROLE) == 12
    assert index.data(ROW_ROLE) == Row("A", 12)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Waits"
    assert model.row_of("A") == 0
    assert model.row_of("Z") == -1


def test_only_changed_rows_are_redrawn_while_keys_stay(qtbot: QtBot) -> None:
    model = _model()
    model.set_rows((Row("A", 1), Row("B", 2)))
    changed: list[int] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, last, roles: changed.append(first.row()))
    model.modelReset.connect(lambda: resets.append(True))
    model.set_rows((Row("A", 1), Row("B", 3)))
    assert (changed, resets) == ([1], [])
    model.set_rows((Row("B", 3), Row("A", 1)))
    assert resets == [True]
