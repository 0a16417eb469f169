"""Who waits for news: one thread asks the store, all sockets and long polls hear of it.

One `wait()` a hub, however many devices listen. The first news goes at once, what follows within `gap`
seconds goes together (design: waking).
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from counter_app.errors import UserFacingError
from counter_app.hub.hall import HubHall
from counter_app.use_cases.ports.centre import CentreAway

_ASK_SECONDS: Final = 0.5
_LOG: Final = logging.getLogger("counter_app.hub")


class Waker:
    """`start` and `beyond` belong to the event loop."""

    def __init__(self, hall: HubHall, gap: float) -> None:
        self._hall = hall
        self._gap = gap
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask, name="hub-waker", daemon=True)
        self._waiting: set[asyncio.Future[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.place = 0
        self.answering = False
        self.ended = False

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    def end(self) -> None:
        """Let everybody go who waits. Called on the loop."""
        self.ended = True
        self._stop.set()
        self._release()

    def join(self) -> None:
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()

    async def beyond(self, after: int, seconds: float) -> int:
        """The newest place, as soon as it is beyond `after`, or after so many seconds."""
        if self.place > after or self.ended or seconds <= 0:
            return self.place
        news = asyncio.get_running_loop().create_future()
        self._waiting.add(news)
        try:
            async with asyncio.timeout(seconds):
                await news
        except TimeoutError:
            return self.place
        finally:
            self._waiting.discard(news)
        return self.place

    def _release(self) -> None:
        for news in self._waiting:
            if not news.done():
                news.set_result(None)
        self._waiting.clear()

    def _moved(self, place: int) -> None:
        self.answering = True
        if place > self.place:
            self.place = place
            self._release()

    def _ask(self) -> None:
        place = 0
        while not self._stop.is_set():
            try:
                newest = self._hall.wait(place, _ASK_SECONDS)
            except (CentreAway, UserFacingError) as error:
                _LOG.warning("store does not answer: %s", error)
                self._tell(self._lost)
                self._stop.wait(_ASK_SECONDS)
                continue
            if newest > place or not self.answering:
                self._tell(partial(self._moved, newest))
            if newest > place:
                place = newest
                time.sleep(self._gap)

    def _lost(self) -> None:
        self.answering = False

    def _tell(self, what: Callable[[], None]) -> None:
        if self._loop is not None and not self._stop.is_set():
            self._loop.call_soon_threadsafe(what)
