"""What a case costs: pure (mission: P5). Amounts come from the catalogue only; nothing can be typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from counter_app.domain.catalogue.items import Fee, Item, Reduction
from counter_app.domain.catalogue.questions import Answers, settle
from counter_app.domain.fees.fees import FeeLine
from counter_app.domain.intake.scene import quoted

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿")


@dataclass(frozen=True, slots=True)
class Standard:
    """A fee of the item that is due in this situation, under the code it is charged by."""

    code: str
    fee: Fee


def standards(item: Item, answers: Answers) -> tuple[Standard, ...]:
    """The item's fees that are due as the questions were answered."""
    facts = settle(item.questions, answers, None, {})
    return tuple(
        Standard(fee.code or str(at), fee)
        for at, fee in enumerate(item.fees, 1)
        if fee.when is None or fee.when.holds(facts)
    )


def charged(
    due: tuple[Standard, ...], quantities: Mapping[str, int], reductions: Mapping[str, str]
) -> tuple[FeeLine, ...]:
    """The lines of the notice. A quantity of 0 leaves a line out; without one a fee is due once.

    ValueError names what the catalogue does not give: `fee`, `quantity` or `reduction`.
    """
    codes = {one.code for one in due}
    if not codes.issuperset({*quantities, *reductions}):
        raise ValueError("fee")
    lines = []
    for one in due:
        quantity = quantities.get(one.code, 1)
        if not 0 <= quantity <= one.fee.most:
            raise ValueError("quantity")
        if quantity:
            lines.append(_line(one, quantity, _reduction(one.fee, reductions.get(one.code, ""))))
    return tuple(lines)


def _reduction(fee: Fee, code: str) -> Reduction | None:
    if not code:
        return None
    found = next((one for one in fee.reductions if one.code == code), None)
    if found is None:
        raise ValueError("reduction")
    return found


def _line(one: Standard, quantity: int, reduction: Reduction | None) -> FeeLine:
    whole = one.fee.amount_fen * quantity
    # half a fen is nobody's to ask for
    amount = whole * (100 - reduction.percent) // 100 if reduction else whole
    bases = [one.fee.basis] + ([reduction.basis] if reduction else [])
    return FeeLine(
        one.code,
        one.fee.name,
        one.fee.amount_fen,
        quantity,
        reduction.code if reduction else "",
        f"{reduction.name}（减{reduction.percent}%）" if reduction else "",
        amount,
        "；".join(quoted(basis) for basis in bases),
    )


def yuan(fen: int) -> str:
    """`1,234.50` of 123450."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def in_capitals(fen: int) -> str:
    """大写: 壹仟贰佰叁拾肆元伍角整. ValueError for a negative amount or one of 10¹² yuan and more."""
    if not 0 <= fen < 10**14:
        raise ValueError(f"an amount of {fen} fen")
    whole, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    words = _whole(whole) + "元" if whole else ""
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif whole and cents:
        words += "零"
    if cents:
        return words + _DIGITS[cents] + "分"
    return (words or "零元") + "整"


def _whole(number: int) -> str:
    groups = []
    while number:
        groups.append(number % 10_000)
        number //= 10_000
    words, gap = "", False
    for at in range(len(groups) - 1, -1, -1):
        group = groups[at]
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _four(group) + _GROUPS[at]
        gap = False
    return words


def _four(group: int) -> str:
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return words
