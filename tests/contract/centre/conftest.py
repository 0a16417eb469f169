"""One hall for each way to its centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.centre_adapters import ADAPTERS, HallAtWork


@pytest.fixture(params=sorted(ADAPTERS))
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[HallAtWork]:
    with ADAPTERS[request.param](tmp_path) as opened:
        yield opened
