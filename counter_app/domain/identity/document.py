"""The record of one identity document, as its chip states it.

A fingerprint is deliberately no part of it: it is never asked for. Text is kept as it stands on the
card, never normalised, so that a rare character and a `·` reach the paper unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from counter_app.domain.identity.known_days import latest_day
from counter_app.domain.identity.nations import NO_NATION, Nation
from counter_app.errors import mark


class DocumentType(StrEnum):
    """The four layouts that come over an ID-card reader, then what comes by its machine-readable lines."""

    RESIDENT = "resident"
    HMT_PERMIT = "hmt_permit"  # residence permit of people from Hong Kong, Macao, Taiwan
    FOREIGNER_2017 = "foreigner_2017"
    FOREIGNER_2023 = "foreigner_2023"
    PASSPORT = "passport"
    HM_TRAVEL_PERMIT = "hm_travel_permit"  # 港澳居民来往内地通行证
    TW_TRAVEL_PERMIT = "tw_travel_permit"  # 台湾居民来往大陆通行证
    OTHER = "other"


class Sex(StrEnum):
    """GB/T 2261.1, the code as it stands on the card."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_STATED = "9"


TYPE_NAMES: Mapping[DocumentType, str] = MappingProxyType(
    {
        DocumentType.RESIDENT: mark("Resident ID card"),
        DocumentType.HMT_PERMIT: mark("Residence permit (Hong Kong, Macao, Taiwan)"),
        DocumentType.FOREIGNER_2017: mark("Permanent residence card for foreigners (2017)"),
        DocumentType.FOREIGNER_2023: mark("Permanent residence card for foreigners (2023)"),
        DocumentType.PASSPORT: mark("Passport"),
        DocumentType.HM_TRAVEL_PERMIT: mark("Travel permit of Hong Kong and Macao residents"),
        DocumentType.TW_TRAVEL_PERMIT: mark("Travel permit of Taiwan residents"),
        DocumentType.OTHER: mark("Another document"),
    }
)
SEX_NAMES: Mapping[Sex, str] = MappingProxyType(
    {
        Sex.UNKNOWN: mark("sex unknown"),
        Sex.MALE: mark("male"),
        Sex.FEMALE: mark("female"),
        Sex.NOT_STATED: mark("sex not stated"),
    }
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a document or number that a clerk should see; it forbids nothing.

    `code` is stable; `message` is an English gettext source with places filled from `params`.
    """

    code: str
    message: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def places(self) -> dict[str, str]:
        return dict(self.params)

    def __str__(self) -> str:
        return self.message.format(**self.places)


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """One document. Empty text and `None` mean that the layout lacks the field or left it blank.

    `name` is the name to write on paper: the Chinese one, else the Latin one. `valid_to` is `None`
    with `long_term` for 长期. `birth_part` is the year, or year and month, where no more is known.
    `times_issued` is as printed (two digits), and the number of renewals on the 2023 card. `photo` holds
    the WLT bytes of the chip.
    """

    kind: DocumentType
    name: str
    number: str
    name_latin: str = ""
    sex: Sex = Sex.UNKNOWN
    nation: Nation = NO_NATION
    birth: date | None = None
    birth_part: str = ""
    address: str = ""
    newest_address: str = ""
    authority: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    long_term: bool = False
    pass_number: str = ""
    times_issued: str = ""
    nationality: str = ""
    old_number_item: str = ""
    version: str = ""
    photo: bytes = field(default=b"", repr=False)
    warnings: tuple[Remark, ...] = ()

    @property
    def born_by(self) -> date | None:
        """The latest day of birth that fits what is known."""
        return latest_day(self.birth, self.birth_part)

    @property
    def current_address(self) -> str:
        """The address written to the chip after issue, else the printed one."""
        return self.newest_address or self.address

    def is_expired(self, today: date) -> bool:
        """True from the day after `valid_to`; never for 长期; unknown ends do not expire."""
        return self.valid_to is not None and today > self.valid_to
