"""One counter a test, on a store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.i18n import Translator
from tests.ui.counter.station import Station


@pytest.fixture
def station(tmp_path: Path, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Translator("en"))
    station.show()
    yield station
    station.close()
