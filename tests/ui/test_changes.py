"""The change feed: quiet while nothing lands, then all that landed at once."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from counter_app.ui.changes import Changes
from counter_app.use_cases.ports.store import Change


class Feed:
    """A store's feed by hand."""

    def __init__(self) -> None:
        self.rows: list[Change] = []

    def land(self, kind: str, subject: str) -> None:
        self.rows.append(Change(len(self.rows) + 1, kind, subject))

    def changes_since(self, id: int) -> tuple[Change, ...]:
        return tuple(row for row in self.rows if row.id > id)

    def last_change(self) -> int:
        return len(self.rows)


def test_each_change_is_told_once(qtbot: QtBot) -> None:
    feed = Feed()
    feed.land("ticket", "before")
    told: list[object] = []
    changes = Changes(feed)
    changes.changed.connect(told.append)
    changes.poll()
    assert told == []
    feed.land("ticket", "1")
    feed.land("case", "2")
    changes.poll()
    changes.poll()
    feed.land("ticket", "1")
    changes.poll()
    assert told == [frozenset({("ticket", "1"), ("case", "2")}), frozenset({("ticket", "1")})]


def test_the_timer_asks_by_itself(qtbot: QtBot) -> None:
    feed = Feed()
    changes = Changes(feed)
    changes.start()
    with qtbot.waitSignal(changes.changed, timeout=2000) as blocker:
        feed.land("job", "7")
    changes.stop()
    assert blocker.args == [frozenset({("job", "7")})]


def test_each_window_on_a_store_is_told(qtbot: QtBot) -> None:
    feed = Feed()
    told: list[str] = []
    windows = {name: Changes(feed) for name in ("counter", "display")}
    for name, changes in windows.items():
        changes.changed.connect(lambda _, name=name: told.append(name))
    feed.land("ticket", "1")
    for changes in windows.values():
        changes.poll()
    assert told == ["counter", "display"]
