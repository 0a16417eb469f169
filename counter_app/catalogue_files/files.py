"""The catalogue as a folder: `categories.toml`, `bodies.toml`, `phrases.toml`, `items/CODE-vN.toml`.

`load` is quick and stops at the first thing it cannot read; `checking.py` finds everything. Not here:
the store's rows, into which an import is published.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from counter_app.catalogue_files.codec import build, to_toml
from counter_app.catalogue_files.documents import MOST_FILES, Tree, UnreadableFile, read_tree
from counter_app.domain.catalogue.catalogue import Body, Catalogue, Category, Group, Phrases
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
    """Loads and exports: all that a running program needs. `CheckedCatalogue` adds the checks."""

    def load(self, folder: Path) -> Catalogue:
        """Raises `UserFacingError` `catalogue.unreadable` naming the first file and field at fault."""
        shelves = _load(folder / CATEGORIES, Shelves)
        return Catalogue(
            shelves.categories,
            shelves.groups,
            _load(folder / BODIES, Bodies).bodies,
            _load(folder / PHRASES, AllPhrases).phrases,
            tuple(_load(path, Item) for path in item_files(folder)),
        )

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
    """One file's problem as the error a person sees, translatable in all its parts."""
    problem = error.problem
    return UserFacingError(
        code,
        problem.message,
        kept=problem.allowed,
        remedy="Mend {where}; the command “catalogue check” lists every mistake.",
        where=problem.where,
        **dict(problem.params),
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
                item=tree_label(tree) if kind is Item else "",
                field=field,
                message=message,
                params=(("reason", said),),
            )
        ) from error


def item_files(folder: Path) -> list[Path]:
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


def tree_label(tree: Tree) -> str:
    """`0603 v1` where a tree says so, else nothing."""
    code, version = tree.get("code"), tree.get("version")
    return f"{code} v{version}" if isinstance(code, str) and isinstance(version, int) else ""
