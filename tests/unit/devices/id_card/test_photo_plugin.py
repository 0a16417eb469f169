"""The photo decoder outside this process: real programs that decode, fail, hang, and talk nonsense."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from counter_app.devices.id_card.photo_plugin import LARGEST, NoPhoto, PhotoPlugin
from counter_app.simulators.id_card.photo import HEIGHT, WIDTH, decode
from counter_app.simulators.id_card.tray import made_up_photo

PHOTO = made_up_photo("653101198503120218")


def program(folder: Path, body: str) -> str:
    """The words that run a little Python program."""
    file = folder / "decoder.py"
    file.write_text(f"import sys, time\nphoto = sys.stdin.buffer.read()\n{body}\n", encoding="utf-8")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(file))}"


def test_the_practice_decoder_gives_a_picture() -> None:
    command = f"{shlex.quote(sys.executable)} -m counter_app simulate photo"
    picture = PhotoPlugin(command, seconds=20)(PHOTO)
    assert picture == decode(PHOTO)
    assert (int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")) == (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("sys.exit(3)", "exit 3"),
        ("print('no picture')", "no PNG"),
        ("time.sleep(60)", "TimeoutExpired"),
        (f"sys.stdout.buffer.write(b'\\x89PNG\\r\\n\\x1a\\n' + b'x' * {LARGEST})", "no PNG"),
        ("import os; os.abort()", "exit "),
    ],
)
def test_a_decoder_that_fails_costs_nobody_anything(tmp_path: Path, body: str, why: str) -> None:
    with pytest.raises(NoPhoto) as failed:
        PhotoPlugin(program(tmp_path, body), seconds=1.5)(PHOTO)
    assert failed.value.code == "photo.failed"
    assert str(failed.value.params["why"]).startswith(why)


def test_a_picture_too_large_to_show_is_refused(tmp_path: Path) -> None:
    head = "b'\\x89PNG\\r\\n\\x1a\\n' + (13).to_bytes(4) + b'IHDR' + (9000).to_bytes(4) + (126).to_bytes(4)"
    with pytest.raises(NoPhoto):
        PhotoPlugin(program(tmp_path, f"sys.stdout.buffer.write({head} + b'x' * 40)"), seconds=10)(PHOTO)


def test_no_decoder_and_no_photo_have_codes_of_their_own(tmp_path: Path) -> None:
    with pytest.raises(NoPhoto, match="No decoder") as none:
        PhotoPlugin("")(PHOTO)
    assert none.value.code == "photo.no-decoder"
    with pytest.raises(NoPhoto) as empty:
        PhotoPlugin("decoder")(b"")
    assert empty.value.code == "photo.none"
    with pytest.raises(NoPhoto) as missing:
        PhotoPlugin(str(tmp_path / "nothing"))(PHOTO)
    assert missing.value.code == "photo.failed"


def test_what_is_no_photo_is_refused_by_the_practice_decoder() -> None:
    with pytest.raises(ValueError):
        decode(PHOTO[:-1])
