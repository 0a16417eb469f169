"""One paper maker for a test process: opening the fonts is the dear part."""

from __future__ import annotations

import pytest

from counter_app.printing.fonts import FontFiles
from counter_app.printing.renderer import BundledPaperRenderer


@pytest.fixture(scope="session")
def renderer() -> BundledPaperRenderer:
    return BundledPaperRenderer(FontFiles.bundled())
