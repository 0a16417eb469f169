"""The home's cameras and scanners, as windows and commands use them."""

from __future__ import annotations

from functools import partial

from counter_app.devices.imaging.opening import open_source
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.imaging import NamedPictureSource, PictureSource

WORKSPACE = "counter"


def declared_sources(home: Home) -> tuple[Peripheral, ...]:
    """Cameras before scanners: a picture is taken faster than a page is scanned."""
    used = home.peripherals.used
    return (*used(Kind.CAMERA, WORKSPACE), *used(Kind.DOCUMENT_SCANNER, WORKSPACE))


def named_source(home: Home, name: str) -> PictureSource:
    """By its name; "": the first. UserFacingError `imaging.not-declared`, `imaging.bad-url`."""
    for declared in declared_sources(home):
        if name in ("", declared.name):
            return open_source(declared, home.locks)
    raise UserFacingError(
        "imaging.not-declared",
        "This machine has no camera or scanner {name}.",
        kept="The case is as it was.",
        remedy="Declare one with `counter-app peripheral add`, or on the page of the peripherals.",
        name=name,
    )


def cameras(home: Home) -> tuple[NamedPictureSource, ...]:
    """All of them, by name, not opened."""
    return tuple(
        NamedPictureSource(declared.name, partial(open_source, declared, home.locks))
        for declared in declared_sources(home)
    )
