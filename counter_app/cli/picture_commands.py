"""`case picture add | list | show | remove`: images of a case's materials by command (mission: M3).

What is shown leaves the encrypted disk, so it needs what opening the person needs, and is recorded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counter_app.cli.case_looks import record_looks
from counter_app.cli.frame import DONE, Call, add_command, add_group
from counter_app.cli.named import case_named
from counter_app.domain.intake.pictures import SOURCES, Picture
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.intake.pictures import PictureInput


def add(group: Any) -> None:
    pictures = add_group(group, "picture", "images of its materials")
    put = add_command(pictures, "add", add_picture, "take an image into the case", journal=True)
    _case(put)
    put.add_argument("file", type=Path, help="JPEG, PNG, PNM or BMP")
    put.add_argument(
        "--material", default="", metavar="CODE", help="a line of the checklist; else the whole case"
    )
    put.add_argument("--source", choices=SOURCES, default="file")
    put.add_argument("--replaces", default="", metavar="PICTURE")
    put.add_argument("--as-it-is", action="store_true", help="neither cut out nor straightened")
    put.add_argument("--turn", type=int, choices=(0, 90, 180, 270), default=0, help="degrees, clockwise")
    take = add_command(
        pictures, "take", take_picture, "by the camera or scanner of this machine", journal=True
    )
    _case(take)
    take.add_argument("--device", default="", metavar="NAME", help="a declared one; else the first")
    take.add_argument("--material", default="", metavar="CODE")
    take.add_argument("--replaces", default="", metavar="PICTURE")
    take.add_argument("--as-it-is", action="store_true", help="neither cut out nor straightened")
    take.add_argument("--turn", type=int, choices=(0, 90, 180, 270), default=0, help="degrees, clockwise")
    _case(add_command(pictures, "list", list_pictures, "what was taken, removed ones too"))
    show = add_command(
        pictures, "show", show_picture, "write an image to a file; it is recorded", journal=True
    )
    _case(show)
    show.add_argument("picture")
    show.add_argument("target", type=Path, metavar="FILE")
    show.add_argument("--reason", default="", help="why, when nothing of the citizen is at hand")
    remove = add_command(pictures, "remove", remove_picture, "it no longer counts", journal=True)
    _case(remove)
    remove.add_argument("picture")
    remove.add_argument("--reason", required=True)


def _case(parser: Any) -> None:
    parser.add_argument("case", help="its id, number or query code, or the number of one of its papers")
    parser.add_argument("--counter", default="", metavar="N", help="where it is done")


def add_picture(call: Call) -> int:
    given = call.arguments
    raw = read_file(given.file)
    with call.program() as program:
        case = case_named(program, given.case).id
        wanted = PictureInput(
            given.material,
            raw,
            given.source,
            given.replaces,
            straighten=not given.as_it_is,
            turn=given.turn // 90,
        )
        id = program.pictures.add(call.actor, call.key, case, wanted)
        made = program.pictures.album(case).picture(id)
    call.say({"picture": id, "case": case, **_facts(made)}, [call.t("Taken in as {picture}.", picture=id)])
    return DONE


def take_picture(call: Call) -> int:
    """Every page that lies there."""
    given = call.arguments
    source = call.machine.attached.picture_source(call.home, given.device)
    with call.program() as program:
        case = case_named(program, given.case).id
        wanted = PictureInput(
            given.material, b"", "", given.replaces, straighten=not given.as_it_is, turn=given.turn // 90
        )
        taken = program.pictures.take(call.actor, call.key, case, source, wanted)
        album = program.pictures.album(case)
    answer = [{"picture": id, **_facts(album.picture(id))} for id in taken]
    call.say(answer, [call.t("Taken in as {picture}.", picture=id) for id in taken])
    return DONE


def list_pictures(call: Call) -> int:
    with call.program() as program:
        album = program.pictures.album(case_named(program, call.arguments.case).id)
    lines = [_line(picture, call.t) for picture in album.pictures]
    answer = [{"picture": picture.id, **_facts(picture)} for picture in album.pictures]
    call.say(answer, lines or [call.t("No pictures.")])
    return DONE


def _line(picture: Picture, t: Translator) -> str:
    words = ""
    if picture.ended:
        removed = t("removed: {reason}", reason=picture.reason)
        words = removed if picture.ended == "removed" else t("replaced")
    size = f"{picture.width}×{picture.height}  {picture.size // 1024} KiB"
    return f"{picture.id}  {picture.material or '—'}  {size}  {words}".rstrip()


def show_picture(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        record_looks(call, program, case)
        data = program.pictures.image(case.id, given.picture)
    try:
        given.target.write_bytes(data)
    except OSError as error:
        raise _unusable(given.target, error) from error
    call.say({"picture": given.picture, "file": str(given.target), "bytes": len(data)}, [str(given.target)])
    return DONE


def remove_picture(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        program.pictures.remove(call.actor, call.key, case, given.picture, given.reason)
    call.say({"picture": given.picture, "removed": True}, [call.t("Removed.")])
    return DONE


def _facts(picture: Picture | None) -> dict[str, Any]:
    if picture is None:
        return {}
    return {
        "material": picture.material,
        "digest": picture.digest,
        "bytes": picture.size,
        "width": picture.width,
        "height": picture.height,
        "source": picture.source,
        "at": picture.at,
        "staff": picture.staff,
        "state": "erased" if picture.gone else picture.ended or "standing",
        "reason": picture.reason,
    }


def read_file(file: Path) -> bytes:
    """UserFacingError `file.unusable`."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unusable(file, error) from error


def _unusable(file: Path, error: OSError) -> UserFacingError:
    return UserFacingError(
        "file.unusable",
        "{path} cannot be used: {reason}",
        kept="The case is as it was.",
        remedy="Look at the file's name and whose it is.",
        path=str(file),
        reason=error.strerror or str(error),
    )
