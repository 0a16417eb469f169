"""Errors a person can mend, and nothing else.

A `UserFacingError` says what happened, what was kept and what to do. It carries English source text
and parameters; front ends translate it where they show it. Everything that is not a
`UserFacingError` is a defect and goes to the crash hook with its log.
"""

from __future__ import annotations


class UserFacingError(Exception):
    """Something a clerk, a citizen or a script can mend.

    `code` is stable and dotted (`ticket.none-waiting`); scripts rely on it. `message`, `kept` and
    `remedy` are English gettext sources with `{name}` places filled from `params`.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        kept: str = "",
        remedy: str = "",
        **params: object,
    ) -> None:
        super().__init__(code, message, params)
        self.code = code
        self.message = message
        self.kept = kept
        self.remedy = remedy
        self.params = params

    def __str__(self) -> str:
        parts = (self.message, self.kept, self.remedy)
        return " ".join(part.format(**self.params) for part in parts if part)


def mark(message: str) -> str:
    """Mark a source text for extraction where it is written but not yet translated."""
    return message
