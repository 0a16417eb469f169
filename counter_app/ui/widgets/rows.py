"""Item models over frozen rows: named columns, a sort role, and a role that gives the row itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

SORT_ROLE: Final = int(Qt.ItemDataRole.UserRole)
ROW_ROLE: Final = SORT_ROLE + 1


@dataclass(frozen=True)
class Column(Generic[R]):
    """One named column: its heading, its text, and what it sorts by (its text when not given)."""

    name: str
    title: str
    text: Callable[[R], str]
    sort: Callable[[R], object] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """A table of frozen rows known by `key`. `set_rows` keeps selections where rows only changed."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], str],
        spoken: Callable[[R], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._spoken = spoken
        self._rows: tuple[R, ...] = ()
        self._titles: tuple[str, ...] = ()

    def set_titles(self, titles: Sequence[str]) -> None:
        """Other headings than the columns' own, for a table that shows now this, now that."""
        self._titles = tuple(titles)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    @property
    def rows(self) -> tuple[R, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows; only changed cells are redrawn while the keys stay the same."""
        new = tuple(rows)
        if [self._key(row) for row in new] != [self._key(row) for row in self._rows]:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return
        old, self._rows = self._rows, new
        last = len(self._columns) - 1
        for at, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(at, 0), self.index(at, last))

    def row_of(self, key: str) -> int:
        """The position of the row with this key, -1 when it is not shown."""
        return next((at for at, row in enumerate(self._rows) if self._key(row) == key), -1)

    def key_at(self, row: int) -> str | None:
        return self._key(self._rows[row]) if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row) if self._spoken is not None else column.text(row)
        if role == SORT_ROLE:
            return column.sort(row) if column.sort is not None else column.text(row)
        if role == ROW_ROLE:
            return row
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        if 0 <= section < len(self._titles):
            return self._titles[section]
        return self._columns[section].title if 0 <= section < len(self._columns) else None
