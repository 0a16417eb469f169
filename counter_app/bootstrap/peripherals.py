"""The desk of a machine's peripherals, bound to its drivers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from counter_app.bootstrap.late import LateRenderer
from counter_app.bootstrap.parts import new_key
from counter_app.bootstrap.program import need_device_home, open_store
from counter_app.catalogue_files.codec import JsonCodec
from counter_app.home import Home, open_home
from counter_app.i18n import Translator
from counter_app.locks import is_free
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.codes import Codes
from counter_app.use_cases.peripherals.desk import Hands, PeripheralDesk
from counter_app.use_cases.ports.peripherals import PeripheralDriver, Seen
from counter_app.use_cases.ports.printing import PrinterProfile
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.reference import PublishedReference


@contextmanager
def peripheral_desk(path: Path, t: Translator) -> Iterator[PeripheralDesk]:
    """The desk of the home at `path`. UserFacingError `home.*`, `keys.*`, `store.*`."""
    home = open_home(path)
    need_device_home(home)
    store, _ = open_store(home)
    try:
        yield desk_of(home, store, "peripheral", t)
    finally:
        store.close()


def desk_of(home: Home, store: Store, owner: str, t: Translator) -> PeripheralDesk:
    """`owner` is the name others are shown for a port in use."""

    @lru_cache(maxsize=1)
    def every() -> Mapping[Kind, PeripheralDriver]:
        from counter_app.bootstrap.cards import trial_card
        from counter_app.bootstrap.printers import test_page, test_sheet
        from counter_app.devices.registry import drivers

        renderer = LateRenderer()

        def page(declared: Peripheral, profile: PrinterProfile) -> bytes:
            return test_page(declared, profile, renderer, t, training=home.training)

        def sheet(declared: Peripheral, seen: Seen) -> bytes:
            return test_sheet(declared, seen, t, training=home.training)

        return drivers(page, sheet, trial_card, home.locks)

    @lru_cache(maxsize=1)
    def codes() -> Codes:
        return Codes(store, PublishedReference(JsonCodec()))

    def keeper_runs() -> bool:
        return not is_free(home.locks, "keeper")

    hands = Hands(owner, keeper_runs, new_key, lambda text: codes().is_item(text))
    return PeripheralDesk(home, store, every, hands)
