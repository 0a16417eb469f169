"""Translation that is passed, not ambient: the citizen's language is not the clerk's.

Sources are English. `resources/i18n/<language>/*.po` (one file per room, so rooms do not collide)
are compiled at set-up into one `.mo` per language. Papers and commands use this without Qt.
A missing message falls back to its English source; the tests fail on a missing zh_CN message.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("zh_CN", "zh_TW", "en")
RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    compiled = RESOURCES / "build" / "i18n" / f"{language}.mo"
    if language == "en" or not compiled.exists():
        return gettext.NullTranslations()
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


@dataclass(frozen=True, slots=True)
class Translator:
    """`t("Waiting: {count}", count=3)` in one language. Cheap to make, safe to share."""

    language: str = "zh_CN"
    _messages: gettext.NullTranslations = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_messages", _catalogue(self.language))

    def __call__(self, message: str, /, **params: object) -> str:
        """Translate `message` (English source), then fill its `{name}` places from `params`."""
        text = self._messages.gettext(message) if message else ""
        return text.format(**params) if params else text
