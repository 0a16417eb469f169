"""`code what`, `code mrz`, `code sheet`: what a scanner or passport reader sent; setting scanners up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.clock import SystemClock
from counter_app.domain.identity.facts import as_json, facts
from counter_app.domain.identity.mrz import parse_mrz
from counter_app.domain.scanning.codes import CODE_NAMES, CodeKind, recognise
from counter_app.home import DESCRIPTION
from counter_app.use_cases.codes import said


def add(parsers: Any) -> None:
    group = add_group(parsers, "code", "what a scanner sends")
    what = add_command(group, "what", what_code, "tell what a scan is; exit 1 if half-read or foreign")
    what.add_argument("text", help="as it was scanned")
    lines = add_command(group, "mrz", read_lines, "read the machine-readable lines of a passport or permit")
    lines.add_argument("line", nargs="+", help="two or three lines")
    sheet = add_command(group, "sheet", write_sheet, "write the page that sets scanners up, as PDF")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE")


def what_code(call: Call) -> int:
    """The home's catalogue tells items' codes; it is opened only where the text does not say what it is."""
    known = (call.home / DESCRIPTION).is_file()

    def is_item(text: str) -> bool:
        if not known:
            return False
        with call.program() as program:
            return text in program.finder.item_codes()

    found = recognise(call.arguments.text, is_item)
    unsure = found.kind is CodeKind.FOREIGN and not known
    answer = {"kind": found.kind.value, "text": found.text, "whose": found.whose, "items_known": known}
    told = [f"{call.t(CODE_NAMES[found.kind])}：{found.shown}", call.t(said(found))]
    if unsure:
        told[1:] = [call.t("There is no home here, so no code of an item is known.")]
    call.say(answer, told)
    return NO if found.kind in (CodeKind.HALF, CodeKind.FOREIGN) else DONE


def write_sheet(call: Call) -> int:
    path: Path = call.arguments.out
    path.write_bytes(call.machine.scanner_sheet(call.t))
    call.say({"file": path}, [str(path)])
    return DONE


def read_lines(call: Call) -> int:
    document = parse_mrz("\n".join(call.arguments.line), SystemClock().now().date())
    remarks = [f"! {call.t(remark.message, **remark.places)}" for remark in document.warnings]
    call.say(as_json(document), [f"{one.label}：{one.text}" for one in facts(document, call.t)] + remarks)
    return DONE
