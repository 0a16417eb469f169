"""The unified social credit code of an organisation (统一社会信用代码, GB 32100-2015).

Not here: whether a code was ever given out, which only the registry knows.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.identity.document import Remark
from counter_app.errors import mark

LENGTH: Final = 18
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DEPARTMENTS: Final = frozenset("123456789AEGNY")


def credit_check(first_seventeen: str) -> str:
    """The check character of 17 characters. Raises ValueError for characters the standard leaves out."""
    if len(first_seventeen) != LENGTH - 1:
        raise ValueError("seventeen characters are needed")
    total = sum(_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_seventeen))
    return _ALPHABET[-total % 31]


def credit_code_problem(code: str) -> Remark | None:
    """What is wrong with a tidy code, or None."""
    if len(code) != LENGTH:
        return Remark(
            "credit.length",
            mark("The credit code has {count} characters; 18 are needed."),
            (("count", str(len(code))),),
        )
    stray = next((sign for sign in code if sign not in _ALPHABET), "")
    if stray:
        return Remark("credit.characters", mark("A credit code never contains {sign}."), (("sign", stray),))
    if code[0] not in _DEPARTMENTS:
        return Remark(
            "credit.department",
            mark("No registering department has the code {sign}."),
            (("sign", code[0]),),
        )
    expected = credit_check(code[:-1])
    if code[-1] != expected:
        return Remark(
            "credit.check",
            mark("The last character should be {expected}, not {found}: one character is wrong."),
            (("expected", expected), ("found", code[-1])),
        )
    return None
