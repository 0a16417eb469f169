"""What the staff see of a kiosk once they proved who they are: its devices, the paper, restarting. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.errors import mark
from counter_app.peripherals import Kind
from counter_app.ui.kiosk.page import Block, Key, Page, Tone
from counter_app.ui.kiosk.words import Words
from counter_app.use_cases.peripherals.desk import PeripheralRow
from counter_app.use_cases.ports.peripherals import Condition

DOTS: Final[Mapping[Condition, str]] = {
    Condition.READY: "●",
    Condition.BUSY: "●",
    Condition.ATTENTION: "◆",
    Condition.UNKNOWN: "○",
}
FAULT: Final = "✕"
STEPS: Final = (
    mark("Open the kiosk with its key, then the printer's cover."),
    mark("Take the empty roll out; put the new one in so that the paper comes from below."),
    mark("Pull a hand's breadth of paper out and close the cover."),
    mark("Print the test page: both arrows stand at the edges."),
)
PAGES: Final = frozenset({"staff", "staff-device", "staff-paper"})


def staff_page(words: Words, rows: tuple[PeripheralRow, ...], *, can_restart: bool) -> Page:
    """All devices; touching one shows it."""
    t = words.t
    broken = [row for row in rows if not row.condition.works]
    known = all(row.condition is not Condition.UNKNOWN for row in rows)
    if broken:
        banner = t("{count} of {all} need somebody.", count=len(broken), all=len(rows))
    else:
        banner = t("All is well with what hangs on this machine.") if known else ""
    restart = Key("staff_restart", t("Restart the kiosk"), kind="plain" if can_restart else "off")
    return Page(
        name="staff",
        title=t("Staff: this kiosk"),
        banner=banner,
        tone="warn" if broken else "good",
        tiles=tuple(_tile(words, row) for row in rows),
        tile_columns=1,
        rows=(
            (Key("staff_paper", t("Change the paper"), kind="primary"), Key("staff_ask", t("Ask all again"))),
            (restart, Key("staff_close", t("Close the kiosk"))),
            (Key("home", t("First page")),),
        ),
    )


def device_page(words: Words, row: PeripheralRow) -> Page:
    """One device: how it is, what to do, and a key that lets it do its work once."""
    t = words.t
    seen = row.seen
    identity = " ".join(filter(None, (seen.identity.maker, seen.identity.model, seen.identity.serial)))
    about = tuple(filter(None, (t(row.words), row.url, row.model, identity)))
    said = (t(seen.advice, **seen.places),) if seen.advice else ()
    return Page(
        name="staff-device",
        title=row.name,
        lead=f"{_dot(seen.condition)} {t(seen.says)}",
        banner=" ".join(said),
        tone=tone_of(seen.condition),
        blocks=(Block(t("Device"), (*about, *seen.lines)),),
        wide=(Key("staff_test", t("Try it"), target=row.name, kind="primary"),),
        rows=((Key("back", t("Back")), Key("staff_look", t("Ask again"), target=row.name)),),
    )


def paper_page(words: Words, row: PeripheralRow | None) -> Page:
    """How the roll is changed, with the printer's state as it is now."""
    t = words.t
    if row is None:
        return Page(
            "staff-paper", t("Change the paper"), banner=t("No receipt printer is declared for this kiosk."),
            tone="bad", rows=((Key("back", t("Back")),),),
        )  # fmt: skip
    return Page(
        name="staff-paper",
        title=t("Change the paper"),
        lead=f"{row.name}  {_dot(row.condition)} {t(row.seen.says)}",
        blocks=(Block(t("New roll"), tuple(t(step) for step in STEPS), numbered=True),),
        wide=(Key("staff_test", t("Print the test page"), target=row.name, kind="primary"),),
        rows=((Key("back", t("Back")), Key("staff_look", t("Ask again"), target=row.name)),),
    )


def printer_of(rows: tuple[PeripheralRow, ...]) -> PeripheralRow | None:
    """The kiosk's own printer before one of the whole machine."""
    printers = [row for row in rows if row.kind == Kind.PRINTER and not row.stands_in_for]
    own = [row for row in printers if row.used_by == "kiosk"]
    return next(iter((*own, *printers)), None)


def _tile(words: Words, row: PeripheralRow) -> Key:
    t = words.t
    state = f"{_dot(row.condition)} {t(row.seen.says)}"
    return Key("staff_device", row.name or "—", f"{state} · {t(row.words)}", target=row.name, kind="tile")


def _dot(condition: Condition) -> str:
    return DOTS.get(condition, FAULT)


def tone_of(condition: Condition) -> Tone:
    if condition in (Condition.READY, Condition.BUSY):
        return "good"
    return "warn" if condition.works else "bad"
