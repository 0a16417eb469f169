"""Bytes of a TOML file → a plain tree, or a problem that says where and why not. Nothing hostile gets in.

Not here: what the tree must look like (`shapes.py`) and what it means (`codec.py`).
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from counter_app.domain.catalogue.problems import Problem
from counter_app.errors import mark

MOST_BYTES: Final = 256 * 1024
MOST_FILES: Final = 2_000
_PLACE: Final = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_BOM: Final = b"\xef\xbb\xbf"

Tree = dict[str, Any]


class UnreadableFile(Exception):
    """Carries the problem that kept a file from being read; turned into a report by the caller."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_tree(path: Path) -> Tree:
    """The tree in `path`. Raises `UnreadableFile` for what is too big, not UTF-8 or not TOML."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise _unreadable(path, "not-a-file", mark("This is not a plain file."))
        if size > MOST_BYTES:
            raise _unreadable(
                path,
                "too-big",
                mark("The file has {size} bytes."),
                mark("At most {most} bytes are read."),
                size=size,
                most=MOST_BYTES,
            )
        return parse_tree(path, path.read_bytes())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _unreadable(
            path, "cannot-open", mark("The file cannot be opened: {reason}."), reason=reason
        ) from error


def parse_tree(path: Path, data: bytes) -> Tree:
    """Like `read_tree`, for bytes already at hand; `path` only names them."""
    try:
        text = data.removeprefix(_BOM).decode(
            "utf-8"
        )  # Windows' editor puts the mark there; it means nothing
    except UnicodeDecodeError as error:
        raise _unreadable(
            path,
            "not-utf8",
            mark("The file is not UTF-8 text."),
            mark("Save it as UTF-8 (not GBK, not UTF-16)."),
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _unreadable(path, "too-deep", mark("The values are nested too deeply.")) from error
    except ValueError as error:  # TOMLDecodeError, or a number longer than Python turns into an int
        said = str(error)
        place = _PLACE.search(said)
        line = int(place.group(1)) if place else _last_line(said, text)
        reason = _PLACE.sub("", said).removesuffix(" (at end of document)")
        raise _unreadable(
            path, "toml-syntax", mark("This is not TOML: {reason}."), line=line, reason=reason
        ) from error


def _last_line(said: str, text: str) -> int:
    return text.count("\n") + 1 if said.endswith("(at end of document)") else 0


def _unreadable(
    path: Path, code: str, message: str, allowed: str = "", /, *, line: int = 0, **params: object
) -> UnreadableFile:
    texts = tuple((name, str(value)) for name, value in params.items())
    return UnreadableFile(
        Problem(
            code=code,
            file=path.name,
            item="",
            field="",
            message=message,
            allowed=allowed,
            params=texts,
            line=line,
        )
    )
