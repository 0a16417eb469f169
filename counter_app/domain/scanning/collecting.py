"""Characters as they come from a scanner → whole codes. No clock: a code ends where its end was sent.

The lines of an MRZ belong together although Enter stands between them. What never got its end stays
`pending`, to be shown, and is given up by `give_up`, so a half-read code is seen and not swallowed.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.identity.mrz import lines_wanted, looks_like_mrz
from counter_app.domain.scanning.codes import LONGEST

_BEGIN: Final = "\x02"  # STX
_ENDS: Final = "\r\n\x03\t"  # Enter, ETX, a scanner set up with Tab


class CodeCollector:
    """One scanner's characters. Not shared between threads."""

    def __init__(self) -> None:
        self._line = ""
        self._lines: list[str] = []

    @property
    def pending(self) -> str:
        """What has come of the code under way."""
        return "\n".join([*self._lines, self._line] if self._line or not self._lines else self._lines)

    @property
    def wants_line(self) -> bool:
        """Whole lines of an MRZ are here and at least one is to come."""
        return bool(self._lines)

    def put(self, text: str) -> tuple[str, ...]:
        """Codes that became whole."""
        whole: list[str] = []
        for sign in text:
            if sign == _BEGIN:
                whole += self.give_up()
            elif sign in _ENDS:
                whole += self._end_line()
            elif len(self._line) < LONGEST:
                self._line += sign
        return tuple(whole)

    def give_up(self) -> tuple[str, ...]:
        """What is pending, as it stands: the recogniser says whether it is whole."""
        pending = self.pending
        self.clear()
        return (pending,) if pending.strip() else ()

    def clear(self) -> None:
        self._line, self._lines = "", []

    def _end_line(self) -> tuple[str, ...]:
        line, self._line = self._line, ""
        if not line.strip():
            return ()  # CR and LF both, or an Enter of nobody
        if self._lines and not looks_like_mrz("\n".join([*self._lines, line])):
            half = "\n".join(self._lines)
            self._lines = []
            return (half, *self._whole_or_more(line))
        return self._whole_or_more(line)

    def _whole_or_more(self, line: str) -> tuple[str, ...]:
        self._lines.append(line)
        document = looks_like_mrz(line) or len(self._lines) > 1
        if document and len(self._lines) < lines_wanted(self._lines[0]):
            return ()
        whole = "\n".join(self._lines)
        self._lines = []
        return (whole,)
