"""The catalogue as a folder: `categories.toml`, `bodies.toml`, `phrases.toml`, `items/CODE-vN.toml`.

`load` is quick and stops at the first thing it cannot read; `check` finds everything. Not here: the
store's rows, into which an import is published.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from counter_app.catalogue_files.codec import build, to_toml
from counter_app.catalogue_files.documents import MOST_FILES, Tree, UnreadableFile, read_tree
from counter_app.catalogue_files.shapes import FileKind, check_shape
from counter_app.domain.catalogue.catalogue import Body, Catalogue, Category, Group, Phrases
from counter_app.domain.catalogue.checks import check_item, label
from counter_app.domain.catalogue.checks_across import check_across
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.problems import Problem
from counter_app.errors import UserFacingError, mark

CATEGORIES: Final = "categories.toml"
BODIES: Final = "bodies.toml"
PHRASES: Final = "phrases.toml"
ITEMS: Final = "items"

Built = TypeVar("Built")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """The content of `categories.toml`."""

    categories: tuple[Category, ...]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """The content of `bodies.toml`."""

    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllPhrases:
    """The content of `phrases.toml`."""

    phrases: tuple[Phrases, ...]


def item_file(item: Item) -> str:
    """The path of an item version inside the folder."""
    return f"{ITEMS}/{item.code}-v{item.version}.toml"


class TomlCatalogue:
    """Answers the port `CatalogueFiles`."""

    def load(self, folder: Path) -> Catalogue:
        """Raises `UserFacingError` `catalogue.unreadable` naming the first file and field at fault."""
        shelves = _load(folder / CATEGORIES, Shelves)
        return Catalogue(
            shelves.categories,
            shelves.groups,
            _load(folder / BODIES, Bodies).bodies,
            _load(folder / PHRASES, AllPhrases).phrases,
            tuple(_load(path, Item) for path in _item_files(folder)),
        )

    def check(self, folder: Path) -> tuple[Problem, ...]:
        """Every mistake of every file: readable, shaped, sensible, and consistent as a whole."""
        return _Check(folder).problems()

    def export(self, catalogue: Catalogue, folder: Path) -> tuple[Path, ...]:
        """Write every file whole. Files of other items that lie there already are left alone."""
        files = {
            CATEGORIES: to_toml(Shelves(categories=catalogue.categories, groups=catalogue.groups)),
            BODIES: to_toml(Bodies(bodies=catalogue.bodies)),
            PHRASES: to_toml(AllPhrases(phrases=catalogue.phrases)),
            **{item_file(item): to_toml(item) for item in catalogue.items},
        }
        try:
            (folder / ITEMS).mkdir(parents=True, exist_ok=True)
            return tuple(_write_whole(folder / name, text) for name, text in files.items())
        except OSError as error:
            raise UserFacingError(
                "catalogue.cannot-write",
                "The catalogue cannot be written to {folder}: {reason}.",
                kept="Files that were there are whole.",
                remedy="Choose another folder or make room, then export again.",
                folder=str(folder),
                reason=error.strerror or type(error).__name__,
            ) from error


def unreadable(error: UnreadableFile, code: str = "catalogue.unreadable") -> UserFacingError:
    """One file's problem as the error a person sees."""
    return UserFacingError(
        code,
        "{problem}",
        kept="Nothing was changed.",
        remedy="Mend the file; the command “catalogue check” lists every mistake.",
        problem=str(error.problem),
    )


def _load(path: Path, kind: type[Built]) -> Built:
    try:
        return built(path, read_tree(path), kind)
    except UnreadableFile as error:
        raise unreadable(error) from error


def built(path: Path, tree: Tree, kind: type[Built]) -> Built:
    """`tree` as `kind`; raises `UnreadableFile` naming the field."""
    try:
        return build(kind, tree)
    except msgspec.ValidationError as error:
        said, _, where = str(error).partition(" - at `$")
        field = where.rstrip("`").lstrip(".")
        message = mark("{reason}.")
        raise UnreadableFile(
            Problem(
                code="shape",
                file=path.name,
                item=_label(tree) if kind is Item else "",
                field=field,
                message=message,
                params=(("reason", said),),
            )
        ) from error


def _item_files(folder: Path) -> list[Path]:
    """Every item file by name; files that an editor or the system leaves about are passed over."""
    names = sorted(path for path in (folder / ITEMS).glob("*.toml") if not path.name.startswith((".", "~")))
    return names[:MOST_FILES]


def _write_whole(path: Path, text: str) -> Path:
    """Beside its place, then moved there: a reader sees the old file or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).chmod(0o644)  # mkstemp makes it private; an export is for others to read
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return path


def _label(tree: Tree) -> str:
    code, version = tree.get("code"), tree.get("version")
    return f"{code} v{version}" if isinstance(code, str) and isinstance(version, int) else ""


class _Check:
    """One pass over a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, str] = {}
        self._found: list[Problem] = []

    def problems(self) -> tuple[Problem, ...]:
        shelves = self._read(CATEGORIES, "categories", Shelves)
        bodies = self._read(BODIES, "bodies", Bodies)
        phrases = self._read(PHRASES, "phrases", AllPhrases)
        items = tuple(self._items())
        catalogue = Catalogue(
            shelves.categories if shelves else (),
            shelves.groups if shelves else (),
            bodies.bodies if bodies else (),
            phrases.phrases if phrases else (),
            items,
        )
        for item in items:
            self._found += (problem.at(self._files[id(item)]) for problem in check_item(item))
        if shelves and bodies:  # without them every reference would look wrong
            across = check_across(catalogue)
            self._found += (problem.at(self._files[id(item)]) for item, problem in across)
        return tuple(sorted(self._found, key=lambda found: (found.file, found.line)))

    def _items(self) -> Iterator[Item]:
        paths = _item_files(self._folder)
        if len(paths) == MOST_FILES:
            self._found.append(
                _folder_problem(
                    "too-many-files", mark("There are more files than are read, {most}."), most=MOST_FILES
                )
            )
        if not paths:
            self._found.append(_folder_problem("no-items", mark("There is no item file here.")))
        for path in paths:
            name = f"{ITEMS}/{path.name}"
            item = self._read(name, "item", Item)
            if item is not None:
                self._files[id(item)] = name
                if name != item_file(item):
                    message = mark("The file is not named after its item.")
                    self._found.append(
                        Problem(
                            code="file-name",
                            file=name,
                            item=label(item),
                            field="",
                            message=message,
                            allowed=mark("Allowed: {allowed}."),
                            params=(("allowed", item_file(item)),),
                        )
                    )
                yield item

    def _read(self, name: str, shape: FileKind, kind: type[Built]) -> Built | None:
        path = self._folder / name
        try:
            tree = read_tree(path)
            wrong = check_shape(shape, tree)
            called = _label(tree) if shape == "item" else ""
            for problem in wrong:
                self._found.append(_named(problem, name, called))
            return None if wrong else built(path, tree, kind)
        except UnreadableFile as error:
            self._found.append(error.problem.at(name))
            return None


def _named(problem: Problem, file: str, item: str) -> Problem:
    return Problem(
        code=problem.code,
        file=file,
        item=item,
        field=problem.field,
        message=problem.message,
        allowed=problem.allowed,
        params=problem.params,
        line=problem.line,
    )


def _folder_problem(code: str, message: str, **params: object) -> Problem:
    texts = tuple((name, str(value)) for name, value in params.items())
    return Problem(code=code, file=ITEMS, item="", field="", message=message, params=texts)
