"""A case's package: index, acts, papers, pictures, and papers and pictures bound in one PDF (mission: C14).

The files are given as names and bytes; who asked writes them. Every file stands in the index with its
SHA-256, and each act with the hash of its event, so that the package can be checked against the journal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from counter_app.domain.archive.archive import FILES, CaseFile
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.intake.pictures import KEY
from counter_app.domain.journal import Recorded, UnknownFact
from counter_app.domain.paper.issued import FACTS, PAPERS
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.archive.archiving import Archiving
from counter_app.use_cases.intake.pictures import Pictures
from counter_app.use_cases.papers.reading import PaperReading
from counter_app.use_cases.ports.store import Reader, Store

FORMAT: Final = "counter-app/case-file"
LONGEST_TEXT: Final = 10_000


@dataclass(frozen=True, slots=True)
class PackedFile:
    """`name` is a path of plain letters inside the package."""

    name: str
    data: bytes


class Packaging:
    """Makes packages; reads only."""

    def __init__(
        self, store: Store, archiving: Archiving, papers: PaperReading, pictures: Pictures | None
    ) -> None:
        self._store = store
        self._archiving = archiving
        self._papers = papers
        self._pictures = pictures

    def files(self, case: str, t: Translator) -> tuple[PackedFile, ...]:
        """The whole package, the index first. UserFacingError `archive.not-yet`, `paper.erased`,
        `picture.*`."""
        file = self._closed(case)
        acts = PackedFile("acts.jsonl", self._acts(case))
        sheets = tuple(self._sheets(case, t))
        attached = tuple(self._images(case))
        pictures = tuple(file for file, _ in attached)
        volume = PackedFile("volume.pdf", self._bound(sheets, attached))
        rest = (volume, acts, *sheets, *pictures)
        return (PackedFile("index.json", self._index(file, rest)), *rest)

    def number(self, case: str) -> str:
        """The number the file is closed under. UserFacingError `archive.not-yet`."""
        return self._closed(case).number

    def volume(self, case: str, t: Translator) -> bytes:
        """Cover with contents and course, every paper and every picture as one PDF."""
        self._closed(case)
        return self._bound(tuple(self._sheets(case, t)), tuple(self._images(case)))

    def _bound(self, sheets: tuple[PackedFile, ...], attached: tuple[tuple[PackedFile, str], ...]) -> bytes:
        pages = [self._papers.picture(file.data, caption) for file, caption in attached]
        return self._papers.bound([*(sheet.data for sheet in sheets), *pages])

    def _closed(self, case: str) -> CaseFile:
        with self._store.reading() as reader:
            file = reader.get(FILES, case)
        if file is None:
            raise UserFacingError(
                "archive.not-yet",
                "The file of this case is not closed yet.",
                kept="Nothing was written.",
                remedy="Archive the case first.",
            )
        return file

    def _sheets(self, case: str, t: Translator) -> Iterator[PackedFile]:
        """The cover first, then the papers as they were issued."""
        with self._store.reading() as reader:
            papers = reader.papers.of_case(case)
        covers = [paper for paper in papers if paper.kind == "archive-contents"]
        others = [paper for paper in papers if paper.kind != "archive-contents"]
        for at, paper in enumerate((*covers[-1:], *others)):
            name = f"papers/{at:02d}-{paper.kind}-{_plain(paper.number)}.pdf"
            yield PackedFile(name, self._papers.pdf(paper.id, t, "A4"))

    def _images(self, case: str) -> Iterator[tuple[PackedFile, str]]:
        """Each picture with what it shows, in words."""
        if self._pictures is None:
            return
        names = self._archiving.material_names(case)
        for at, picture in enumerate(self._pictures.album(case).standing, 1):
            if not picture.gone:
                name = f"pictures/{at:03d}-{_plain(picture.material)}.{_plain(picture.form.lower()) or 'bin'}"
                caption = f"{at}　{names.get(picture.material, picture.material)}　{picture.digest[:16]}"
                yield PackedFile(name, self._pictures.image(case, picture.id)), caption

    def _acts(self, case: str) -> bytes:
        with self._store.reading() as reader:
            events = _events(reader, case)
        lines = [json.dumps(_act(event), ensure_ascii=False, sort_keys=True) for event in events]
        return ("\n".join(lines) + "\n").encode()

    def _index(self, file: CaseFile, files: tuple[PackedFile, ...]) -> bytes:
        view = self._archiving.view(file.id)
        told = {
            "format": FORMAT,
            "version": 1,
            "file_number": file.number,
            "case_number": view.number,
            "item": view.item,
            "closed_at": file.at.isoformat(),
            "closed_by": file.staff,
            "times_closed": file.nth,
            "retention": file.retention,
            "keep_until": file.keep_until.isoformat() if file.keep_until else None,
            "let_pass": file.waived,
            "files": [
                {"name": one.name, "bytes": len(one.data), "sha256": sha256(one.data).hexdigest()}
                for one in files
            ],
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _events(reader: Reader, case: str) -> list[Recorded]:
    """Every act on the case in the hall's order: its own history with all that stands around it, its handling
    behind the counter, what became of its papers (seal, reprints), who its persons were."""
    persons = reader.need(CASES, case).draft.persons
    subjects = [
        CASES.subject(case),
        HANDLINGS.subject(case),
        *(PAPERS.subject(paper.id) for paper in reader.papers.of_case(case)),
        *(PARTIES.subject(person.party) for person in persons),
    ]
    found = {event.id: event for subject in subjects for event in reader.history(subject)}
    ours = (event for event in found.values() if getattr(event.fact, "case", case) in (case, None))
    return sorted(ours, key=_place)


def _place(event: Recorded) -> tuple[float, str, int, int]:
    """The centre's order; this machine's own that it has not seen yet come last."""
    return (event.hall_seq or float("inf"), event.device, event.epoch, event.seq)


def _plain(text: str) -> str:
    """As part of a file name: letters and digits every system takes."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in text).strip("-")


def _act(event: Recorded) -> dict[str, Any]:
    """An event as the archive reads it; keys of pictures and the facts of papers stand elsewhere."""
    fact = event.fact
    body = fact.content if isinstance(fact, UnknownFact) else fact.body()
    texts = {
        slot: text
        for slot, data in event.private.items()
        if slot not in (KEY, FACTS) and (text := _text(data)) is not None
    }
    return {
        "id": event.id,
        "at": event.at.isoformat(),
        "type": event.type,
        "staff": event.actor.staff,
        "counter": event.actor.place,
        "body": body,
        "texts": texts,
        "hash": event.hash,
    }


def _text(data: bytes) -> str | None:
    if len(data) > LONGEST_TEXT:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
