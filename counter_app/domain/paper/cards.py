"""Cards of plastic (CR80): who they are for, what stands on them, and where (mission: P9).

The layout is pure: pieces in millimetres from the top left corner, drawn alike on a screen, into a picture
and into a PDF. What stands on a card names a person, so it is the private part `facts` of `CardIssued`. Not
here: drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final, Literal, get_args

import msgspec

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

CardKind = Literal["service", "elder"]
CARD_KINDS: Final[tuple[CardKind, ...]] = get_args(CardKind)
TITLES: Final = {"service": "服务卡", "elder": "老年优待证"}
WIDTH: Final = 85.6  # ISO/IEC 7810 ID-1
HEIGHT: Final = 53.98
ELDER_YEARS: Final = 60  # 老年人权益保障法 art. 2
FACTS: Final = "facts"
CARD_KEY: Final = "card-key"  # what a card is found by
Side = Literal["front", "back"]
SIDES: Final[tuple[Side, ...]] = ("front", "back")
_COLOURS: Final = {"service": "#14508c", "elder": "#a8201a"}
_INK: Final = "#1b1f24"
_MUTED: Final = "#5a6570"


class CardIssued(Fact):
    """A card has its number; what stands on it is the private part `facts`. `blank` is the number printed on
    the plastic, "" where it bears none.
    """

    card: str
    case: str
    party: str
    kind: str
    number: str
    blank: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"card:{self.card}", f"case:{self.case}")


class CardPrinted(Fact):
    """It was printed: `count` times now; from the second on with a reason. `blank` is the number of the
    plastic that it took from the stock, "" where it took none."""

    version: ClassVar[int] = 2

    card: str
    case: str
    count: int
    reason: str = ""
    blank: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"card:{self.card}", f"case:{self.case}")


class CardNotPrinted(Fact):
    """That print did not come about for certain, `code` says why; its `blank` lies in the stock again."""

    card: str
    case: str
    count: int
    code: str
    blank: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"card:{self.card}", f"case:{self.case}")


class CardLinked(Fact):
    """The card leads to its holder's cases: `key` is the keyed hash of what a reader says of it, its number
    (in its code too) or the serial of a chip in it. Whose it is stands with the party, and goes with it."""

    card: str
    case: str
    party: str
    key: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"card:{self.card}", f"case:{self.case}", f"{CARD_KEY}:{self.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """What stands on a card. `photo` is a JPEG, empty where there is none; `qr` the signed statement."""

    kind: CardKind
    number: str
    name: str
    sex: str
    birth: date | None
    hall: str
    line: str
    issued: date
    until: date | None = None
    photo: bytes = b""
    qr: str = ""
    training: bool = False
    birth_part: str = ""  # the year, or year and month, of a birth of which no more is known


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it stands. `gone`: what stood on it was erased. `blank_at` is the counter its blank came
    from, "" where it came from no stock."""

    id: str
    case: str
    party: str
    kind: str
    number: str
    blank: str
    issued_at: datetime
    staff: str
    prints: int = 0
    gone: bool = False
    blank_at: str = ""


def fold_card(card: Card | None, event: Recorded) -> Card | None:
    fact = event.fact
    if isinstance(fact, CardIssued) and card is None:
        return Card(
            id=fact.card,
            case=fact.case,
            party=fact.party,
            kind=fact.kind,
            number=fact.number,
            blank=fact.blank,
            issued_at=event.at,
            staff=event.actor.staff,
            gone=FACTS not in event.private,
        )
    if isinstance(fact, CardPrinted) and card is not None:
        printed = replace(card, prints=max(card.prints, fact.count))
        return replace(printed, blank=fact.blank, blank_at=event.actor.place) if fact.blank else printed
    if isinstance(fact, CardNotPrinted) and card is not None:
        unprinted = replace(card, prints=min(card.prints, fact.count - 1))
        taken = fact.blank and fact.blank == card.blank
        return replace(unprinted, blank="", blank_at="") if taken else unprinted
    return card


CARDS: Final = Stream("card", Card, fold_card)


def pack_facts(facts: CardFacts) -> bytes:
    return msgspec.msgpack.encode(facts)


def unpack_facts(data: bytes) -> CardFacts:
    """Raises msgspec.MsgspecError for what is none."""
    return msgspec.msgpack.decode(data, type=CardFacts)


def old_enough(birth: date | None, today: date) -> bool:
    """Whether somebody born then is 60 by today; a birthday on 29 February falls on 1 March."""
    if birth is None:
        return False
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return years >= ELDER_YEARS


@dataclass(frozen=True, slots=True)
class Fill:
    """A coloured rectangle; `round` millimetres of its corners."""

    x: float
    y: float
    wide: float
    high: float
    colour: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text with its baseline at `y`; drawn smaller until it fits `wide`. `size` in millimetres."""

    x: float
    y: float
    size: float
    text: str
    wide: float
    colour: str = _INK
    bold: bool = False
    align: Literal["left", "centre", "right"] = "left"


@dataclass(frozen=True, slots=True)
class PhotoPlace:
    x: float
    y: float
    wide: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class QrPlace:
    x: float
    y: float
    side: float
    text: str


Piece = Fill | Words | PhotoPlace | QrPlace


def pieces(facts: CardFacts, side: Side) -> tuple[Piece, ...]:
    """All pieces of one side, those beneath first."""
    return _front(facts) if side == "front" else _back(facts)


def _front(facts: CardFacts) -> tuple[Piece, ...]:
    colour = _COLOURS[facts.kind]
    sex = {"1": "男", "2": "女"}.get(facts.sex, "")
    rows = (
        ("姓　名", facts.name),
        ("性　别", sex),
        ("出　生", _day(facts.birth) or facts.birth_part),
        ("编　号", facts.number),
        ("发　证", _day(facts.issued)),
        ("有效期", _day(facts.until) or "长期"),
    )
    lines: list[Piece] = []
    y = 20.6
    for label, value in rows:
        if value:
            lines += [
                Words(30.0, y, 2.9, label, 11.0, _MUTED),
                Words(41.5, y, 3.7 if label == "姓　名" else 3.1, value, 40.0, bold=label == "姓　名"),
            ]
            y += 5.3
    return (
        Fill(0, 0, WIDTH, 13.2, colour),
        Words(4.5, 8.9, 4.4, facts.hall, 46.0, "#ffffff", bold=True),
        Words(WIDTH - 4.5, 8.9, 4.8, TITLES[facts.kind], 30.0, "#ffffff", bold=True, align="right"),
        PhotoPlace(4.5, 16.6, 22.0, 28.6, "照片"),
        *lines,
        Fill(0, HEIGHT - 2.2, WIDTH, 2.2, colour),
        *_training(facts),
    )


def _back(facts: CardFacts) -> tuple[Piece, ...]:
    colour = _COLOURS[facts.kind]
    terms = {
        "service": ("凭此卡到本厅及社区代办点办事，", "可免填基本信息。", "请妥善保管，遗失请及时补办。"),
        "elder": ("凭此证按规定享受老年人优待。", "限本人使用，请妥善保管，", "遗失请及时挂失补办。"),
    }[facts.kind]
    code: tuple[Piece, ...] = (QrPlace(WIDTH - 31.5, 9.0, 27.0, facts.qr),) if facts.qr else ()
    caption: tuple[Piece, ...] = (
        (Words(WIDTH - 18.0, 40.0, 2.5, "扫码核验真伪", 27.0, _MUTED, align="centre"),) if facts.qr else ()
    )
    return (
        Fill(0, 0, WIDTH, 4.0, colour),
        Words(4.5, 13.0, 4.0, TITLES[facts.kind], 44.0, colour, bold=True),
        *(Words(4.5, 19.8 + 5.0 * at, 2.9, text, 46.0) for at, text in enumerate(terms)),
        Words(4.5, 36.5, 3.1, f"编号 {facts.number}", 46.0, _MUTED),
        Words(4.5, 42.5, 3.1, facts.hall, 46.0, _MUTED),
        Words(4.5, 48.5, 3.1, f"咨询电话 {facts.line}" if facts.line else "", 46.0, _MUTED),
        *code,
        *caption,
        *_training(facts),
    )


def _training(facts: CardFacts) -> tuple[Piece, ...]:
    """Training is another world, on plastic too."""
    if not facts.training:
        return ()
    return (
        Fill(WIDTH - 27.0, HEIGHT - 9.0, 24.0, 6.0, "#f0b429"),
        Words(WIDTH - 15.0, HEIGHT - 4.8, 3.8, "演练无效", 22.0, "#3a2a00", bold=True, align="centre"),
    )


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day is not None else ""
