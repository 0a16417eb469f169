"""Controls and cards for the training windows' tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from counter_app.ui.training.controls import TrayCard

CARDS = (
    TrayCard("zhang", "张伟", "男", date(1988, 5, 17), "653101198805170130", "居民身份证"),
    TrayCard("rare", "王𠅤䶮", "男", date(1995, 7, 4), "653101199507040316", "居民身份证"),
)


@dataclass
class HandControl:
    """Keeps what was ordered; refuses what starts with `refused`."""

    said: list[str] = field(default_factory=list)
    refused: str = "never"

    def command(self, text: str) -> str:
        self.said.append(text)
        return "error simulator.no The device refuses.\n" if text.startswith(self.refused) else "ok\n"
