"""How this machine stands to its centre, in one sign and a few words: the same in every window. No Qt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from counter_app.i18n import Translator
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.sync.state import CentreState, unheard

# an act that is on its way for a moment is no news
ON_ITS_WAY: Final = timedelta(seconds=5)


def centre_words(state: CentreState, t: Translator, now: datetime) -> tuple[State, str]:
    """The sign and the words of the foot (interface.md: a dot with a word)."""
    waiting = _waiting(state, t, now)
    if state.state in ("in_step", "catching_up") and not waiting and unheard(state, now):
        heard = datetime.fromisoformat(state.last_contact)
        return State.PENDING, t("nothing heard since {time}", time=clock_words(heard, now))
    if state.state == "in_step":
        return (State.PENDING, waiting) if waiting else (State.READY, t("in step"))
    if state.state == "catching_up":
        return State.PENDING, waiting or t("catching up")
    if state.state == "cut_off":
        alone = t("working alone")
        return State.CORRECT, f"{alone} · {waiting}" if waiting else alone
    if state.state == "out_of_step":
        return State.FAULT, t("out of step")
    if state.state == "revoked":
        return State.FAULT, t("taken out of the hall")
    return State.READY, t("kept here, complete")


def clock_words(moment: datetime, now: datetime) -> str:
    """`10:42`; with its day when that is not today."""
    return f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%m-%d %H:%M}"


def _waiting(state: CentreState, t: Translator, now: datetime) -> str:
    if not state.unsent or not state.oldest_unsent:
        return ""
    oldest = datetime.fromisoformat(state.oldest_unsent)
    if now - oldest < ON_ITS_WAY:
        return ""
    return t("{count} acts waiting since {time}", count=state.unsent, time=clock_words(oldest, now))
