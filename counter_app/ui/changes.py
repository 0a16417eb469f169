"""The windows' change feed: asks the store every 20 ms whether anything landed, and says what.

Own acts come back the same way, so views refresh from one place. It asks for the last change's id, not
`Store.changed()`: that answers once, and several windows of one process share a store. The look-up is
the end of an index, in the GUI thread. Not here: what a view does with a change.
"""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.use_cases.ports.store import Change

EVERY_MS: Final = 20


class ChangeFeed(Protocol):
    """The part of a store this needs."""

    def changes_since(self, id: int) -> tuple[Change, ...]: ...

    def last_change(self) -> int: ...


class Changes(QObject):
    """Emits `changed(frozenset of (kind, subject))`; `("all", "")` when too many were missed."""

    changed = Signal(object)

    def __init__(self, feed: ChangeFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self._seen = feed.last_change()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.poll)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def poll(self) -> None:
        """Ask once now; what the timer does."""
        if self._feed.last_change() == self._seen:
            return
        changes = self._feed.changes_since(self._seen)
        if changes:
            self._seen = changes[-1].id
            self.changed.emit(frozenset((change.kind, change.subject) for change in changes))
