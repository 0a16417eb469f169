"""Training homes for the benchmarks, made once per run and thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counter_app.bootstrap.demo_home import make_demo
from counter_app.bootstrap.program import open_program
from counter_app.use_cases.program import Program


@contextmanager
def demo_program() -> Iterator[Program]:
    """A fresh training home, open; beside the checkout, so that it lies on the disk that is measured."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        home = make_demo(Path(folder) / "home")
        with open_program(home.path) as program:
            yield program
