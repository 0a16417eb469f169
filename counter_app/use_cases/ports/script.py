"""The port that writes simplified Chinese in traditional characters, for what is kept in one script only.

Names of the catalogue are kept in simplified Chinese; a kiosk in zh_TW shows them converted. Words of the
program itself are translated (`i18n`), not converted.
"""

from __future__ import annotations

from typing import Protocol


class ScriptConverter(Protocol):
    def traditional(self, text: str) -> str:
        """`text` in traditional characters; what is none stays as it is."""
        ...
