"""A question with its answers as data: what presenters ask and tests answer. No Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer under one key (`1`, `A`, `F9`); `why` says why it cannot be taken when not enabled."""

    id: str
    key: str
    words: str
    detail: str = ""
    enabled: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Asked in the window itself. With `text_label` a line may be typed, with or without choices.

    `id` names what is asked, so that an answer that comes late is known. `secret` hides what is typed.
    `back`: Esc goes to the question before, so the foot says it.
    """

    id: str
    title: str
    choices: tuple[Choice, ...] = ()
    text_label: str = ""
    text: str = ""
    hint: str = ""
    secret: bool = False
    chosen: str = ""
    back: bool = False

    def choice_for(self, key: str) -> Choice | None:
        """The answer under `key`, upper or lower case."""
        wanted = key.upper()
        return next((choice for choice in self.choices if choice.key.upper() == wanted), None)
