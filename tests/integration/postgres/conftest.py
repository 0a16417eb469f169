"""Halls in a real PostgreSQL, opened as their roles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from counter_app.store.centre.centre_store import CoreCentreStore
from tests.support.centres import HALL
from tests.support.postgres import why_not
from tests.support.postgres_centres import Database, emptied

OTHER = "北环"


@pytest.fixture(autouse=True)
def _server() -> None:
    if reason := why_not():
        pytest.skip(reason)


@pytest.fixture
def database() -> Iterator[Database]:
    """One hall with nothing in it."""
    with emptied(HALL) as made:
        yield made


@pytest.fixture
def store(database: Database) -> Iterator[CoreCentreStore]:
    opened = database.open()
    yield opened
    opened.close()
