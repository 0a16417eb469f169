"""Every mistake of a catalogue folder or a hall's file, as problems that name file, item and field.

Its own file because it needs the JSON Schema library, which a window that only loads does without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from counter_app.catalogue_files.documents import MOST_FILES, UnreadableFile, read_tree
from counter_app.catalogue_files.files import (
    BODIES,
    CATEGORIES,
    ITEMS,
    PHRASES,
    AllPhrases,
    Bodies,
    Shelves,
    TomlCatalogue,
    built,
    item_file,
    item_files,
    tree_label,
)
from counter_app.catalogue_files.shapes import FileKind, check_shape
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.checks import check_item
from counter_app.domain.catalogue.checks_across import check_across
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.problems import Problem, label
from counter_app.domain.catalogue.search import with_initials
from counter_app.domain.hall.checks import check_hall
from counter_app.domain.hall.plan import HallPlan
from counter_app.errors import mark
from counter_app.use_cases.ports.catalogue import Romaniser

Built = TypeVar("Built")
_KNOWN: Final = mark("Allowed: {allowed}.")


class CheckedCatalogue(TomlCatalogue):
    """Answers the ports `CatalogueFiles` and `CatalogueChecker`, for imports."""

    def __init__(self, romaniser: Romaniser) -> None:
        self._romaniser = romaniser

    def load(self, folder: Path) -> Catalogue:
        """As `TomlCatalogue.load`; items without pinyin initials are given them."""
        catalogue = super().load(folder)
        filled = tuple(
            item if item.initials else with_initials(item, self._romaniser.initials)
            for item in catalogue.items
        )
        return replace(catalogue, items=filled)

    def check(self, folder: Path) -> tuple[Problem, ...]:
        """Readable, shaped, sensible, consistent: every mistake, by file name; () means none."""
        return _Pass(folder).problems()

    def check_hall(self, path: Path, catalogue: Catalogue | None = None) -> tuple[Problem, ...]:
        """The same for a hall's file; with `catalogue` also that what it licenses exists."""
        try:
            tree = read_tree(path)
            wrong = check_shape("hall", tree)
            if wrong:
                return tuple(problem.at(path.name) for problem in wrong)
            licences = catalogue.licences() if catalogue else ()
            found = check_hall(built(path, tree, HallPlan), licences)
            return tuple(problem.at(path.name) for problem in found)
        except UnreadableFile as error:
            return (error.problem,)


class _Pass:
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
        paths = item_files(self._folder)
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
                            allowed=_KNOWN,
                            params=(("allowed", item_file(item)),),
                        )
                    )
                yield item

    def _read(self, name: str, shape: FileKind, kind: type[Built]) -> Built | None:
        path = self._folder / name
        try:
            tree = read_tree(path)
            wrong = check_shape(shape, tree)
            called = tree_label(tree) if shape == "item" else ""
            for problem in wrong:
                self._found.append(replace(problem, file=name, item=called))
            return None if wrong else built(path, tree, kind)
        except UnreadableFile as error:
            self._found.append(error.problem.at(name))
            return None


def _folder_problem(code: str, message: str, **params: object) -> Problem:
    texts = tuple((name, str(value)) for name, value in params.items())
    return Problem(code=code, file=ITEMS, item="", field="", message=message, params=texts)
