"""Opening a file with the system's own viewer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_with_viewer(path: Path) -> bool:
    """Whether a viewer took the file."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
