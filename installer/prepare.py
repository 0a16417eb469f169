"""Make `resources/build/` from what is committed: fonts unpacked, translations compiled.

Run after every checkout and before packaging; `run` and `test` do so by themselves. Quick when
nothing is to do, and safe when several processes run it at once: every file is written beside its
place under a name of its own and moved there whole, so a reader sees the old file or the new one.

Not here: making the clips in `resources/sounds/` (`make_sounds.py`, whose results are committed).
"""

from __future__ import annotations

import gettext
import hashlib
import lzma
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

import polib
from opencc import OpenCC

RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
# Characters only (s2tw), not words (s2twp): the latter turns the hall's 窗口 into the computer's 視窗,
# 服务对象 into 服務物件 and 行政程序 into 行政程式.
TRADITIONAL_RULE: Final = "s2tw"
RECIPE: Final = "1"  # raise when the way of making changes, so that old results are made again
_CHUNK: Final = 1 << 20
_DIGEST_FIELD: Final = "X-Made-From"


class PreparationError(Exception):
    """The sources cannot be made into resources; the text says which file and what to mend."""


def write_whole(target: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write beside `target`, then move it there in one step. The last of several writers wins."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            write(stream)
        beside.chmod(0o644)  # mkstemp makes it private; the hall's other accounts read it too
        _replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def _replace(beside: Path, target: Path) -> None:
    """Windows refuses to replace a file while another process reads it: wait a little, five times."""
    for pause in (0.1, 0.2, 0.4, 0.8, 0.0):
        try:
            beside.replace(target)
        except PermissionError as error:
            if not pause:
                raise PreparationError(f"{target} is in use; close the program and try again") from error
            time.sleep(pause)
        else:
            return


def _write_text(target: Path, text: str) -> None:
    write_whole(target, lambda stream: stream.write(text.encode()))


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


# -- fonts --------------------------------------------------------------------------------------------


def unpack_fonts(packed: Path, built: Path) -> list[Path]:
    """Unpack every `*.xz` of `packed` into `built`; answers the files that were made anew.

    The stamp holds the packed file's size and time, so nothing is read when nothing changed.
    """
    made: list[Path] = []
    for source in sorted(packed.glob("*.xz")):
        target = built / source.stem
        stamp = built / f".{source.stem}.stamp"
        if target.exists() and _read_text(stamp) == _font_stamp(source, target):
            continue
        try:
            write_whole(target, partial(_unpack, source))
        except (lzma.LZMAError, EOFError) as error:
            raise PreparationError(f"{source} is damaged ({error}); check it out again") from error
        _write_text(stamp, _font_stamp(source, target))
        made.append(target)
    return made


def _font_stamp(source: Path, target: Path) -> str:
    packed = source.stat()
    return f"{RECIPE} {packed.st_size} {packed.st_mtime_ns} {target.stat().st_size}"


def _unpack(source: Path, stream: BinaryIO) -> None:
    with lzma.open(source) as packed:
        while chunk := packed.read(_CHUNK):
            stream.write(chunk)


# -- translations -------------------------------------------------------------------------------------


def compile_translations(sources: Path, built: Path) -> list[Path]:
    """Merge `sources/zh_CN/*.po` into `built/zh_CN.mo` and derive `built/zh_TW.mo` from it."""
    files = sorted((sources / "zh_CN").glob("*.po"))
    simplified, traditional = built / "zh_CN.mo", built / "zh_TW.mo"
    digest = _digest(files)
    if _made_from(simplified) == digest == _made_from(traditional):
        return []
    merged = merge(files)
    converter = OpenCC(TRADITIONAL_RULE)
    _write_catalogue(simplified, "zh_CN", digest, merged)
    _write_catalogue(
        traditional, "zh_TW", digest, {source: converter.convert(text) for source, text in merged.items()}
    )
    return [simplified, traditional]


def merge(files: Iterable[Path]) -> dict[str, str]:
    """msgid → msgstr of all files. Raises when two files disagree or a file uses more than msgid/msgstr."""
    merged: dict[str, str] = {}
    owner: dict[str, Path] = {}
    for file in files:
        try:
            catalogue = polib.pofile(str(file), encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise PreparationError(f"{file.name}: {error}") from error
        for entry in catalogue:
            if entry.msgctxt or entry.msgid_plural:
                raise PreparationError(f"{file.name}: {entry.msgid!r}: only msgid and msgstr are used here")
            if entry.obsolete or entry.fuzzy or not entry.msgstr:
                continue
            known = merged.setdefault(entry.msgid, entry.msgstr)
            if known != entry.msgstr:
                raise PreparationError(
                    f"{file.name}: {entry.msgid!r} is translated otherwise in {owner[entry.msgid].name}"
                )
            owner.setdefault(entry.msgid, file)
    return merged


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"{RECIPE} {TRADITIONAL_RULE}".encode())
    for file in files:
        content = file.read_bytes()
        digest.update(f"\0{file.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _made_from(compiled: Path) -> str:
    """The digest a compiled catalogue carries in its header, or "" when it is missing or unreadable."""
    try:
        with compiled.open("rb") as stream:
            return gettext.GNUTranslations(stream).info().get(_DIGEST_FIELD.lower(), "")
    except (OSError, UnicodeDecodeError):
        return ""


def _write_catalogue(target: Path, language: str, digest: str, messages: dict[str, str]) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Language": language,
        "Content-Type": "text/plain; charset=UTF-8",
        _DIGEST_FIELD: digest,
    }
    catalogue.extend(polib.POEntry(msgid=source, msgstr=text) for source, text in messages.items())
    write_whole(target, lambda stream: stream.write(catalogue.to_binary()))


def main() -> int:
    """Prepare everything; 0, or 1 with the reason on standard error."""
    try:
        made = unpack_fonts(RESOURCES / "fonts", RESOURCES / "build" / "fonts")
        made += compile_translations(RESOURCES / "i18n", RESOURCES / "build" / "i18n")
    except PreparationError as error:
        print(f"prepare: {error}", file=sys.stderr)
        return 1
    for path in made:
        print(f"prepare: {path.relative_to(RESOURCES.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
