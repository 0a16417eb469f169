"""Facts → the bytes of a roll paper: the builder's blocks, in the citizen's language, for one printer."""

from __future__ import annotations

from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.facts import PaperFacts
from counter_app.i18n import Translator
from counter_app.use_cases.ports.papers import PaperRenderer
from counter_app.use_cases.ports.printing import PrinterProfile


class RollMaker:
    """What the spooler renders with."""

    def __init__(self, renderer: PaperRenderer) -> None:
        self._renderer = renderer

    def roll(self, facts: PaperFacts, language: str, profile: PrinterProfile) -> bytes:
        return self._renderer.thermal(build(facts, Translator(language)), profile)
