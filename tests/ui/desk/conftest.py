"""One desk a test, on a store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.i18n import Translator
from tests.ui.desk.office import Office


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    office = Office(tmp_path, Translator("en"))
    office.show()
    yield office
    office.close()
