"""Logos over the papers of this home's printers: drawn, kept, found again."""

from __future__ import annotations

import logging

from counter_app.devices.printer.peripheral import profile_of
from counter_app.home import Home
from counter_app.peripherals import Peripheral
from counter_app.use_cases.peripherals.desk import PeripheralDesk
from counter_app.use_cases.peripherals.logos import LogoDesk, LogoTools
from counter_app.use_cases.ports.logo import HELD, LOGO, Logo

log = logging.getLogger(__name__)


def logo_desk(home: Home, desk: PeripheralDesk) -> LogoDesk:
    return LogoDesk(desk, home.logos, LogoTools(_made, lambda declared: profile_of(declared).nv_logo))


def home_logo(home: Home, declared: Peripheral) -> Logo | None:
    """The logo over this printer's papers; None where there is none, or it cannot be read any more."""
    digest = declared.text(LOGO)
    if not digest:
        return None
    try:
        return Logo.unpacked((home.logos / f"{digest}.pbm").read_bytes(), stored_as=declared.text(HELD))
    except (OSError, ValueError) as error:
        log.warning("the logo of %s: %s", declared.name, error)
        return None


def _made(raw: bytes, declared: Peripheral) -> Logo:
    from counter_app.printing.logo import make_logo

    return make_logo(raw, profile_of(declared).width_dots)
