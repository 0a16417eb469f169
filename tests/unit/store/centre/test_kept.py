"""Which folds a snapshot brings whole (mission: C7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.state import Assist, Handling
from counter_app.store.centre.kept import KEPT

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_a_handling_with_an_open_dispute_outlives_its_case() -> None:
    kept = next(one for one in KEPT if one.stream is HANDLINGS)
    assist = Assist("site_use", "commerce", "t1", NOW, "1", rounds=2, disputed_by="commerce")
    over = Handling("c1", begun_at=NOW, department="health", ended_at=NOW)
    assert not kept.alive(over)
    assert kept.alive(replace(over, assists=(assist,)))
    assert not kept.alive(replace(over, assists=(replace(assist, settled_by="4"),)))
