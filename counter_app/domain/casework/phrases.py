"""Standard phrases of opinions, and what an opinion states beyond them: a denial has to give its reasons
(行政许可法第三十八条; mission: C9, P3).

A phrase of the catalogue, which answers a question of the review form, is a statement; the general ones here
are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from counter_app.domain.casework.state import OpinionLevel, View

_ALIKE: Final[Mapping[View, tuple[str, ...]]] = {
    "grant": ("同意经办意见，准予。", "同意，准予。", "经审查，符合规定条件，准予。"),
    "deny": ("同意经办意见，不予。", "同意，不予。"),
}
PHRASES: Final[Mapping[OpinionLevel, Mapping[View, tuple[str, ...]]]] = {
    "handler": {
        "grant": ("经审查，符合规定条件，拟准予。", "材料齐全，情况属实，拟同意。"),
        "deny": ("经审查，不符合规定条件，拟不予。", "主要材料不能证明所述情况，拟不予。"),
    },
    "approver": {
        "grant": ("同意经办意见，拟准予。", "经审查，符合规定条件，拟准予。"),
        "deny": ("同意经办意见，拟不予。",),
    },
    "final": _ALIKE,
}
REPORTED: Final[Mapping[View, tuple[str, ...]]] = {
    "grant": ("同意上报。", "经审查，符合规定条件，拟准予，同意上报。"),
    "deny": ("同意经办意见，拟不予。",),
}
_GENERAL: Final = tuple(
    phrase for by_view in (*PHRASES.values(), REPORTED) for phrases in by_view.values() for phrase in phrases
)


def stated(text: str) -> str:
    """What `text` says beyond the general phrases, "" for nothing."""
    for phrase in sorted(_GENERAL, key=len, reverse=True):
        text = text.replace(phrase, "")
    return text.strip()


def denial_reasons(last: str, before: Iterable[str]) -> str:
    """Why it is denied, for the decision: what the last signature states, else the one before it that states
    anything; "" where nobody gave a reason. `before` from the latest back."""
    return next((words for words in map(stated, (last, *before)) if words), "")
