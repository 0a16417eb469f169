"""`counter-app doctor`: looks at everything this machine needs and says what is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from counter_app.bootstrap.program import open_program
from counter_app.cli.machine import Finding
from counter_app.errors import UserFacingError
from counter_app.i18n import RESOURCES
from counter_app.locks import is_free

ROOM_BYTES: Final = 500 * 1024 * 1024
FONTS: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanaMinB.ttf")


def doctor(path: Path) -> tuple[Finding, ...]:
    """Every finding; nothing is changed."""
    return tuple(_findings(path))


def _findings(path: Path) -> Iterator[Finding]:
    for name in FONTS:
        there = (RESOURCES / "build" / "fonts" / name).is_file()
        yield Finding(
            f"font {name}", "ok" if there else "broken", "bundled" if there else "run the set-up again"
        )
    yield from _home(path)


def _home(path: Path) -> Iterator[Finding]:
    try:
        with open_program(path) as program:
            home = program.home
            kind = "training" if home.training else "real"
            yield Finding("home", "ok", f"{home.path} · {home.hall} · {home.device} · {kind}")
            warning = program.key_warning
            yield Finding("keys", "warning" if warning else "ok", warning or "in the system keyring")
            report = program.store.check()
            told = f"{report.events} events, {report.rows} rows"
            yield Finding("store", "ok" if report.sound else "broken", report.broken or told)
            versions = len(program.catalogue().items)
            yield Finding("catalogue", "ok" if versions else "broken", f"{versions} item versions")
            free = shutil.disk_usage(home.path).free
            yield Finding("disk", "ok" if free > ROOM_BYTES else "warning", f"{free // 2**20} MiB free")
            keeper = "none runs" if is_free(home.locks, "keeper") else "runs"
            yield Finding("keeper", "ok", keeper)
            for name, url in (("printer", home.devices.printer), ("reader", home.devices.reader)):
                yield Finding(name, "ok" if url else "warning", url or "none set up")
    except UserFacingError as error:
        yield Finding("home", "broken", f"[{error.code}] {error}")
