"""`paper signature`: who signed a paper, when, and whether it still fits (mission: M3, P12)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from counter_app.cli.frame import DONE, NO, Call, add_command
from counter_app.cli.named import paper_named
from counter_app.cli.rights import need_right
from counter_app.domain.paper.issued import IssuedPaper
from counter_app.domain.paper.signed import ROLES
from counter_app.domain.paper.strokes import MOST_BYTES, strokes_of
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.papers.signing import Fit, SignatureInput, SignatureRow
from counter_app.use_cases.program import Program

FITS: Final[dict[Fit, str]] = {
    "fits": mark("the paper says what was signed"),
    "altered": mark("NOT what was signed: the paper was altered"),
    "erased": mark("what was signed is no longer kept here"),
}


def add(group: Any) -> None:
    told = add_command(
        group, "signature", signature, "who signed it, and whether it still fits", journal=True
    )
    told.add_argument("paper", metavar="NUMBER", help="its number or id")
    told.add_argument(
        "--strokes",
        type=Path,
        default=None,
        metavar="FILE",
        help='add a signature of another pad: {"width", "height", "lines": [[[x, y, pressure], …], …]}',
    )
    told.add_argument("--role", choices=tuple(ROLES), default="applicant")
    told.add_argument("--thumb", action="store_true", help="a thumb-print; the strokes are the witness's")
    told.add_argument("--witness", default="", metavar="NAME")
    told.add_argument("--reason", default="", help="why the same role signs again")


def signature(call: Call) -> int:
    """Exit 1 when nobody signed, or when the paper no longer says what was signed."""
    with call.program() as program:
        paper = paper_named(program, call.arguments.paper)
        if call.arguments.strokes is not None:
            need_right(program.plan(), call.actor.staff, "paper.sign")
            _add(call, program, paper)
        rows = program.papers.signing.of_paper(paper.id)
    answer = {"paper": paper.id, "number": paper.number, "signatures": rows}
    call.say(answer, [_line(call, row) for row in rows] or [call.t("Nobody signed this paper on a pad.")])
    return DONE if rows and all(row.fit == "fits" for row in rows if row.stands) else NO


def _add(call: Call, program: Program, paper: IssuedPaper) -> None:
    given = call.arguments
    signed = SignatureInput(
        role=given.role,
        strokes=strokes_of(_read(given.strokes)),
        thumb=given.thumb,
        witness=given.witness,
        reason=given.reason,
    )
    program.papers.signing.sign(call.actor, call.key, paper.case or "", paper.id, signed)


def _read(file: Path) -> bytes:
    """No more of it than a signature may have, and one byte."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserFacingError(
            "file.cannot-read",
            "The file {path} cannot be read: {reason}",
            remedy="Name the file with the strokes.",
            path=str(file),
            reason=error.strerror or type(error).__name__,
        ) from error


def _line(call: Call, row: SignatureRow) -> str:
    t = call.t
    thumb = t("thumb-print before {witness}", witness=row.witness or "–") if row.thumb else ""
    stands = "" if row.stands else t("signed again later")
    parts = (f"{row.at:%Y-%m-%d %H:%M}", t(ROLES[row.role]), thumb, row.staff, t(FITS[row.fit]), row.reason)
    return "  ".join(part for part in (*parts, stands) if part)
