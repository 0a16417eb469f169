"""The change feed: quiet while nothing lands, then all that landed at once."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from counter_app.ui.changes import Changes
from counter_app.use_cases.ports.store import Change


class Feed:
    """A store's feed by hand."""

    def __init__(self) -> None:
        self.rows: list[Change] = []
        self.news = False

    def land(self, kind: str, subject: str) -> None:
        self.rows.append(Change(len(self.rows) + 1, kind, subject))
        self.news = True

    def changed(self) -> bool:
        news, self.news = self.news, False
        return news

    def changes_since(self, id: int) -> tuple[Change, ...]:
        return tuple(row for row in self.rows if row.id > id)

    def last_change(self) -> int:
        return len(self.rows)


def test_each_change_is_told_once(qtbot: QtBot) -> None:
    feed = Feed()
    feed.land("ticket", "before")
    feed.changed()
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
