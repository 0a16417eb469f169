from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.centre_rules import RuleHall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RuleHall]:
    made = RuleHall(tmp_path)
    yield made
    made.close()
