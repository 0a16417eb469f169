"""Brings the news of readers and scanners from their own threads to the window's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from counter_app.use_cases.ports.inputs import NamedSource, ScanNews


class CardNews(QObject):
    """A card reader's `ReaderNews`."""

    news = Signal(object)


class Sources(QObject):
    """`news(name, Scanned | ReaderChanged)` in the thread this object lives in."""

    news = Signal(str, object)

    def __init__(self, sources: Sequence[NamedSource], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources = tuple(sources)

    def start(self) -> None:
        for one in self._sources:
            one.source.start(partial(self._hand_on, one.name))

    def stop(self) -> None:
        """No news after it."""
        for one in self._sources:
            one.source.stop()

    def _hand_on(self, name: str, news: ScanNews) -> None:
        self.news.emit(name, news)
