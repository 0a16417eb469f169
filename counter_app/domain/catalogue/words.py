"""The words for the catalogue's codes: English gettext sources, translated where they are shown.

Codes follow GB/T 39046-2020 where it has them. What is data (names, reasons) stays Chinese in the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.catalogue.effects import StopOutcome
from counter_app.domain.catalogue.items import Channel, ItemKind, Level, PlaceRule, ResultKind
from counter_app.domain.catalogue.materials import Handling
from counter_app.domain.time.limits import Unit
from counter_app.errors import mark

ITEM_KINDS: Final[Mapping[ItemKind, str]] = {
    1: mark("Done on the spot"),
    2: mark("With promised limit"),
    9: mark("Other kind of item"),
}
REPORTED_UP: Final = mark("Reviewed here and reported up")
LEVELS: Final[Mapping[Level, str]] = {
    1: mark("National level"),
    2: mark("Provincial level"),
    3: mark("City level"),
    4: mark("County level"),
    5: mark("Town or street level"),
    6: mark("Village or community level"),
}
CHANNELS: Final[Mapping[Channel, str]] = {
    1: mark("At a counter"),
    2: mark("By computer"),
    3: mark("By mobile phone"),
    4: mark("By courier"),
    9: mark("In another way"),
}
HANDLINGS: Final[Mapping[Handling, str]] = {
    "confirm": mark("Checked and handed back"),
    "use": mark("Kept by the hall"),
    "produce": mark("Made here"),
}
NEEDS: Final[Mapping[int, str]] = {
    1: mark("Necessary"),
    2: mark("Not necessary"),
    3: mark("May come later"),
}
UNITS: Final[Mapping[Unit, str]] = {
    "on_the_spot": mark("on the spot"),
    "hours": mark("{amount} hours"),
    "working_days": mark("{amount} working days"),
    "natural_days": mark("{amount} days"),
    "months": mark("{amount} months"),
    "years": mark("{amount} years"),
}
"""How a limit reads; `t(UNITS[limit.unit], amount=limit.amount)`."""
STOPS: Final[Mapping[StopOutcome, str]] = {
    "refuse": mark("Not accepted"),
    "no_permit": mark("No permit needed"),
    "elsewhere": mark("Another body is competent"),
}
PLACE_RULES: Final[Mapping[PlaceRule, str]] = {
    "none": mark("Anywhere"),
    "applicant_registered": mark("The applicant's registered place"),
    "either_spouse_registered": mark("Either spouse's registered place"),
    "wife_registered": mark("The wife's registered place"),
    "current_address": mark("The current address"),
    "business_place": mark("The place of business"),
}
RESULTS: Final[Mapping[ResultKind, str]] = {
    "certificate": mark("A certificate"),
    "permit": mark("A permit"),
    "approval": mark("A decision"),
    "registration": mark("A registration"),
    "reply": mark("An answer"),
    "record": mark("A record"),
}
