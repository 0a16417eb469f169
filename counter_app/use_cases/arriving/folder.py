"""The import folder: applications as files, taken once, what is refused explained beside it (mission: I12).

    import/NAME.json                 laid in by another system, complete (written elsewhere, then moved in)
    import/rejected/NAME.json        as it came
    import/rejected/NAME.json.why.txt

What was taken is removed: its content lies sealed in the store, and no readable copy of it stays in the home
(mission: X3). Links, folders and what is no plain file are left and named in the log.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from counter_app.domain.arriving.form import MOST_BYTES
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.arriving.applying import Applying, Taken

log = logging.getLogger(__name__)

REJECTED: Final = "rejected"
SETTLED_SECONDS: Final = 2.0
MOST_AT_ONCE: Final = 50


def rejected_in(folder: Path) -> tuple[Path, ...]:
    """What was not taken in and still lies there, each with its reason beside it."""
    return tuple(sorted((folder / REJECTED).glob("*.json")))


class ImportFolder:
    """`now` gives wall seconds; a file younger than some seconds may still be growing and waits."""

    def __init__(self, folder: Path, applying: Applying, t: Translator, now: Callable[[], float]) -> None:
        self._folder = folder
        self._applying = applying
        self._t = t
        self._now = now

    def step(self, actor: Actor) -> tuple[Taken, ...]:
        """Take what lies there; nothing when there is no folder."""
        if not self._folder.is_dir():
            return ()
        files = sorted(path for path in self._folder.glob("*.json") if self._ready(path))
        taken = (self._take(actor, path) for path in files[:MOST_AT_ONCE])
        return tuple(one for one in taken if one is not None)

    def _ready(self, path: Path) -> bool:
        """A plain file that is not growing any more. A link might lead anywhere: never followed."""
        if path.is_symlink() or not path.is_file():
            return False
        return self._now() - path.stat().st_mtime >= SETTLED_SECONDS

    def _take(self, actor: Actor, path: Path) -> Taken | None:
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
            taken = self._applying.take_in(actor, data)
        except UserFacingError as error:
            if error.code.startswith("store."):
                raise  # nothing is wrong with the file: it is tried again
            self._reject(path, error)
            return None
        path.unlink(missing_ok=True)
        return taken

    def _reject(self, path: Path, error: UserFacingError) -> None:
        place = self._folder / REJECTED
        place.mkdir(exist_ok=True, mode=0o700)
        there = place / path.name
        os.replace(path, there)  # noqa: PTH105 - takes an older one's place on every system
        t = self._t
        words = [t(text, **error.params) for text in (error.message, error.remedy) if text]
        why = place / f"{path.name}.why.txt"
        why.write_text(f"[{error.code}] {' '.join(words)}\n", encoding="utf-8")
        log.warning("an application was not taken in: %s [%s]", path.name, error.code)
