"""The training home, made once a session."""

from __future__ import annotations

from tests.support.demo import training_home

__all__ = ["training_home"]
