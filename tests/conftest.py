"""What holds for every test: no display, no real keyring, nothing left running, resources prepared.

Not here: fixtures of one area; they live beside its tests.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import settings

from installer import prepare

LONG: Final = bool(os.environ.get("COUNTER_APP_LONG"))
_THREAD_GRACE: Final = 2.0  # seconds for a thread that is already ending
# Threads of the test tools, not of the program.
_TOOL_THREADS: Final = ("MainThread", "pytest_timeout", "execnet", "Dummy-")

# A test that wants a real screen or keyring sets these itself.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
# The prepared resources are read whole; a Chinese hall is what is tested unless a test says otherwise.
os.environ.setdefault("LANG", "C.UTF-8")

settings.register_profile("counter-app", deadline=None, max_examples=500 if LONG else 60, print_blob=True)
settings.load_profile("counter-app")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Fonts and translations as the sources have them; xdist's workers find them made."""
    if hasattr(session.config, "workerinput"):
        return
    if prepare.main() != 0:
        pytest.exit("resources could not be prepared; see above", returncode=1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if LONG:
        return
    skip = pytest.mark.skip(reason="takes minutes; run ./test --long")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skip)


def _own_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if not thread.name.startswith(_TOOL_THREADS)}


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fails the test that leaves a thread running or a timer ticking behind a window it made."""
    before = _own_threads()
    yield
    end = time.monotonic() + _THREAD_GRACE
    while (left := _own_threads() - before) and time.monotonic() < end:
        time.sleep(0.01)
    assert not left, f"threads left running: {sorted(thread.name for thread in left)}"
    ticking = _ticking_timers()
    assert not ticking, f"timers left ticking in: {ticking}"


def _ticking_timers() -> list[str]:
    """Active timers below any window that is still there. Loads Qt only where a test has loaded it."""
    core, widgets = sys.modules.get("PySide6.QtCore"), sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if core is None or application is None:
        return []
    application.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return [
        type(window).__name__
        for window in application.topLevelWidgets()
        for timer in window.findChildren(core.QTimer)
        if timer.isActive()
    ]
