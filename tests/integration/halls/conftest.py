"""A training hall founded once for each worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.halls import Hall, found, running_hall


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def hall(founded: Path, tmp_path: Path) -> Iterator[Hall]:
    with running_hall(founded, tmp_path) as running:
        yield running
