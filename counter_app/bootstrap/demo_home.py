"""Making a training home: the demo hall, its catalogue, calendar, staff and their training PINs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from counter_app.bootstrap.program import clock_of, open_program
from counter_app.clock import TrainingClock
from counter_app.domain.journal import Actor
from counter_app.domain.time.calendar import read_years
from counter_app.errors import UserFacingError
from counter_app.home import DESCRIPTION, Home, open_home
from counter_app.i18n import RESOURCES
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.use_cases.device_keys import DeviceKeyRow, HallKeys

SETTER: Final = Actor("set-up")
DEVICE: Final = "3"


def make_demo(path: Path, begins: datetime | None = None) -> Home:
    """A training home at `path`; one that is there already is given its catalogue afresh and kept. A new one
    begins on the day of the machine, or at `begins`.

    UserFacingError `home.real` when a real home is there: training is another world.
    """
    from counter_app.catalogue_files.files import TomlCatalogue
    from counter_app.catalogue_files.halls import TomlHall
    from counter_app.keys.keeping import key_place
    from counter_app.keys.signing import DeviceKey, verify

    plan = replace(TomlHall().load_hall(RESOURCES / "demo" / "hall.toml"), training=True)
    if (path / DESCRIPTION).exists():
        home = open_home(path)
        _need_training(home)
    else:
        home = Home(path, hall=plan.hall.name, device=DEVICE, training=True)
        home.save()
        if begins is not None:
            TrainingClock(home.training_clock).go_to(begins)
    with open_program(path) as program:
        program.publishing.hall(SETTER, "", plan)
        program.publishing.catalogue(SETTER, "", TomlCatalogue().load(RESOURCES / "catalogue"))
        years = read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8"))
        program.publishing.calendar(SETTER, "", years)
        key = DeviceKey(key_place(path).secret("device", make=False))
        row = DeviceKeyRow(home.device, key.public.hex())
        HallKeys(program.store, verify).publish(SETTER, "", key.key_id, row)
        for member in plan.staff:
            if member.training_pin:
                program.credentials.set_pin(
                    SETTER, f"demo-pin-{member.badge}", member.badge, member.training_pin
                )
    return home


def demo_clock(path: Path, moment: datetime | None) -> datetime:
    """What time it is in a training home, once it has gone on to `moment`: its windows follow.

    UserFacingError `home.real`; `demo.clock` when it would go back, or the home works with a centre, whose
    clock is not its own.
    """
    home = open_home(path)
    _need_training(home)
    clock = clock_of(home)
    if moment is None:
        return clock.now()
    if not isinstance(clock, TrainingClock) or moment < clock.now():
        raise UserFacingError(
            "demo.clock",
            "The demo hall's clock only goes on, and only where the hall is one machine.",
            kept="Nothing was changed.",
            remedy="Name a later moment, or make a new training home.",
        )
    clock.go_to(moment)
    return clock.now()


def _need_training(home: Home) -> None:
    if not home.training:
        raise UserFacingError(
            "home.real",
            "{path} is a real home.",
            kept="Nothing was changed.",
            remedy="Choose another folder for training.",
            path=str(home.path),
        )


def simulated_peripherals(
    *, printer: str, printer_width: int = 80, reader: str = "", kiosk_reader: str = "", scanner: str = ""
) -> Peripherals:
    """What a training home declares for its simulators."""
    found = (
        Peripheral(Kind.PRINTER, "打印机", printer, f"generic-{printer_width}", simulated=True),
        Peripheral(Kind.ID_READER, "窗口读卡器", reader, used_by="counter", simulated=True),
        Peripheral(Kind.ID_READER, "取号机读卡器", kiosk_reader, used_by="kiosk", simulated=True),
        Peripheral(Kind.SCANNER, "扫码枪", scanner, used_by="counter", simulated=True),
    )
    return Peripherals(tuple(one for one in found if one.url))
