"""`counter-app doctor`: looks at everything this machine needs and says what is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from counter_app.bootstrap.program import open_program
from counter_app.cli.machine import Finding
from counter_app.errors import UserFacingError, mark
from counter_app.i18n import RESOURCES, Translator
from counter_app.locks import is_free
from counter_app.peripherals import Kind
from counter_app.use_cases.peripherals.states import seen_of
from counter_app.use_cases.ports.peripherals import Condition, Seen
from counter_app.use_cases.program import Program

ROOM_BYTES: Final = 500 * 1024 * 1024
IN_KEYRING: Final = mark("in the system keyring")
FONTS: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanaMinB.ttf")


def doctor(path: Path, t: Translator) -> tuple[Finding, ...]:
    """Every finding, in the reader's language; its name is stable for scripts. Nothing is changed."""
    return (*_fonts(t), *_home(path, t))


def _fonts(t: Translator) -> Iterator[Finding]:
    for name in FONTS:
        if (RESOURCES / "build" / "fonts" / name).is_file():
            yield Finding(f"font {name}", "ok", t("bundled"))
        else:
            yield Finding(f"font {name}", "broken", t("missing; run the set-up again"))


def _home(path: Path, t: Translator) -> Iterator[Finding]:
    try:
        with open_program(path) as program:
            home = program.home
            kind = t("training") if home.training else t("real")
            yield Finding("home", "ok", f"{home.path} · {home.hall} · {home.device} · {kind}")
            warning = program.key_warning
            yield Finding("keys", "warning" if warning else "ok", t(warning or IN_KEYRING))
            yield _store(program, t)
            versions = len(program.catalogue().items)
            told = t("{count} item versions in force.", count=versions)
            yield Finding("catalogue", "ok" if versions else "broken", told)
            free = shutil.disk_usage(home.path).free
            told = t("{free} MiB free", free=free // 2**20)
            yield Finding("disk", "ok" if free > ROOM_BYTES else "warning", told)
            runs = not is_free(home.locks, "keeper")
            yield Finding("keeper", "ok", t("runs") if runs else t("none runs; a window starts one"))
            yield from _peripherals(program, t)
    except UserFacingError as error:
        parts = (error.message, error.kept, error.remedy)
        said = " ".join(t(part, **error.params) for part in parts if part)
        yield Finding("home", "broken", f"[{error.code}] {said}")


def _peripherals(program: Program, t: Translator) -> Iterator[Finding]:
    """Each with what was last seen of it; nothing is asked."""
    found = program.home.peripherals
    with program.store.reading() as reader:
        seen = {one.name: seen_of(reader, one.name) or Seen(Condition.UNKNOWN) for one in found}
    for one in found:
        last = seen[one.name]
        told = " · ".join(filter(None, (t(one.kind.words), one.url, one.model, t(last.says))))
        yield Finding(f"peripheral {one.name}", "ok" if last.condition.works else "warning", told)
    for wrong in found.wrong:
        error = wrong.error
        said = " ".join(t(part, **error.params) for part in (error.message, error.remedy) if part)
        yield Finding(f"peripheral {wrong.name}".strip(), "warning", said)
    for kind in (Kind.PRINTER, Kind.ID_READER):
        if found.first(kind) is None:
            yield Finding(f"peripheral {kind.value}", "warning", t("none set up"))


def _store(program: Program, t: Translator) -> Finding:
    report = program.store.check()
    if report.sound:
        told = t("Sound: {events} events, {rows} rows.", events=report.events, rows=report.rows)
        return Finding("store", "ok", told)
    return Finding("store", "broken", report.broken)
