"""Pictures of materials: taken into a case, shown, replaced, removed with a reason, fetched on demand
(mission: M3).

Bytes first, event second: the sealed file is durable before the act that names it. What the act never named
is cleared away later (`PictureCare`). Not here: cameras and scanners (`ports/imaging.py`), sending to the
centre.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.pictures import (
    ALBUMS,
    KEY,
    MOST_PICTURES,
    MOST_SEALED,
    REASON,
    Album,
    MaterialPictured,
    Picture,
    PictureRemoved,
)
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, look
from counter_app.use_cases.ports.centre import CentreAway
from counter_app.use_cases.ports.imaging import PictureSource
from counter_app.use_cases.ports.pictures import MadePicture, PictureMaker, PictureVault
from counter_app.use_cases.ports.store import Reader, Store, Transaction

# Gives sealed bytes of a digest and size from the centre. Raises CentreAway, UserFacingError `centre.*`.
Fetch = Callable[[str, int], bytes]


@dataclass(frozen=True, slots=True)
class PictureInput:
    """A raw image for one material of a case; see `MaterialPictured`. `turn`: quarter turns clockwise."""

    material: str
    raw: bytes
    source: str
    replaces: str = ""
    straighten: bool = True
    turn: int = 0


class Pictures:
    """Commands and queries. `fetch` is None on a machine that works alone."""

    def __init__(
        self,
        store: Store,
        reference: CaseReference,
        vault: PictureVault,
        maker: PictureMaker,
        fetch: Fetch | None,
    ) -> None:
        self._store = store
        self._reference = reference
        self._vault = vault
        self._maker = maker
        self._fetch = fetch

    def add(self, actor: Actor, key: str, case: str, given: PictureInput) -> str:
        """Take one page into the case; gives the picture's id. Up to a second: never on a window's thread.

        UserFacingError `picture.*`, `case.unknown`, `material.unknown`, `store.*`.
        """
        with self._store.reading() as reader:
            self._need_place(reader, reader.need(CASES, case), given)
        made = self._maker.make(given.raw, straighten=given.straighten, turn=given.turn)
        return self.keep(actor, key, case, given, made)

    def take(
        self, actor: Actor, key: str, case: str, source: PictureSource, given: PictureInput
    ) -> tuple[str, ...]:
        """Let a camera or scanner take what lies there, and take every page into the case: `given` says for
        which material; its `raw` and `source` are the device's. Blocks for seconds.

        UserFacingError `imaging.*` and those of `add`; pages before the one that failed are in the case.
        """
        with self._store.reading() as reader:
            self._need_place(reader, reader.need(CASES, case), given)
        taken = []
        for n, raw in enumerate(source.take()):
            page = replace(given, raw=raw, source=source.source, replaces=given.replaces if n == 0 else "")
            taken.append(self.add(actor, f"{key}.{n}", case, page))
        source.kept()
        return tuple(taken)

    def keep(self, actor: Actor, key: str, case: str, given: PictureInput, made: MadePicture) -> str:
        """Take in a picture that was made already."""
        sealed = self._vault.seal(made.data)
        if len(sealed.data) > MOST_SEALED:
            raise UserFacingError(
                "picture.too-large",
                "The picture is too large: {size} MiB, at most {most} MiB.",
                kept="The case is as it was.",
                remedy="Take it again with fewer dots, or page by page.",
                size=len(sealed.data) >> 20,
                most=MOST_SEALED >> 20,
            )
        self._vault.keep(sealed.digest, sealed.data, sent=False)

        def work(tx: Transaction) -> None:
            self._need_place(tx, tx.need(CASES, case), given)
            tx.record(
                MaterialPictured(
                    case=case,
                    picture=tx.next_id,
                    material=given.material,
                    digest=sealed.digest,
                    size=len(sealed.data),
                    form=made.form,
                    width=made.width,
                    height=made.height,
                    source=given.source,
                    replaces=given.replaces,
                ),
                private={KEY: sealed.key},
            )

        return self._store.act(actor, key, work).first(MaterialPictured).picture

    def remove(self, actor: Actor, key: str, case: str, picture: str, reason: str) -> None:
        """It no longer counts as the case's material; the record of it stays. UserFacingError
        `picture.unknown`, `picture.no-reason`, `picture.case-ended`.
        """
        words = checked_text(reason).strip()
        if not words:
            raise UserFacingError(
                "picture.no-reason",
                "A picture is removed with a reason.",
                kept="The picture stays.",
                remedy="Say why: blurred, wrong paper, taken twice.",
            )

        def work(tx: Transaction) -> None:
            _need_open(tx.need(CASES, case))
            standing_picture(tx, case, picture)
            tx.record(PictureRemoved(case=case, picture=picture), private={REASON: words.encode()})

        self._store.act(actor, key, work)

    def album(self, case: str) -> Album:
        with self._store.reading() as reader:
            return reader.get(ALBUMS, case) or Album(case)

    def image(self, case: str, picture: str) -> bytes:
        """The picture's bytes, fetched from the centre where another counter took it: never on a window's
        thread. UserFacingError `picture.unknown`, `picture.erased`, `picture.not-here`, `picture.altered`.
        """
        with self._store.reading() as reader:
            found = _known(reader, case, picture)
            event = reader.event(picture)
            key = event.private.get(KEY) if event is not None else None
        if key is None:
            raise UserFacingError(
                "picture.erased",
                "This picture was erased, or is not for this machine.",
                kept="That it was taken stays on record.",
                remedy="Ask for the original paper again if it is needed.",
            )
        data = self._vault.get(found.digest)
        return self._vault.open(key, self._fetched(found) if data is None else data)

    def _fetched(self, picture: Picture) -> bytes:
        if self._fetch is None:
            raise _not_here()
        try:
            data = self._fetch(picture.digest, picture.size)
        except CentreAway as error:
            raise _not_here() from error
        if sha256(data).hexdigest() != picture.digest:
            raise _not_here()
        self._vault.keep(picture.digest, data, sent=True)
        return data

    def _need_place(self, reader: Reader, case: Case, given: PictureInput) -> None:
        _need_open(case)
        album = reader.get(ALBUMS, case.id) or Album(case.id)
        if len(album.pictures) >= MOST_PICTURES:
            raise UserFacingError(
                "picture.too-many",
                "This case has {count} pictures already.",
                kept="They all stay.",
                remedy="Keep to what the materials need.",
                count=MOST_PICTURES,
            )
        if given.replaces:
            standing_picture(reader, case.id, given.replaces)
        if given.material:
            self._need_material(reader, case, given.material)

    def _need_material(self, reader: Reader, case: Case, material: str) -> None:
        _, lines = look(reader, self._reference, case.id).needed_item()
        if all(line.material.code != material for line in lines.lines):
            raise UserFacingError(
                "material.unknown",
                "The checklist of this case has no material {material}.",
                kept="The case is as it was.",
                remedy="Choose a line of the checklist.",
                material=material,
            )


def standing_picture(reader: Reader, case: str, picture: str) -> Picture:
    """UserFacingError `picture.unknown`, also for one removed or replaced already."""
    found = _known(reader, case, picture)
    if not found.stands:
        raise _unknown()
    return found


def _known(reader: Reader, case: str, picture: str) -> Picture:
    album = reader.get(ALBUMS, case)
    found = album.picture(picture) if album is not None else None
    if found is None:
        raise _unknown()
    return found


def _need_open(case: Case) -> None:
    if case.ended or case.stage == "forwarded":
        raise UserFacingError(
            "picture.case-ended",
            "This case is finished: its materials stay as they were.",
            kept="Nothing was changed.",
            remedy="Have the case reopened first, or take the picture into a new case.",
        )


def _unknown() -> UserFacingError:
    return UserFacingError(
        "picture.unknown",
        "The case has no such picture.",
        kept="Nothing was changed.",
        remedy="Choose one of those shown.",
    )


def _not_here() -> UserFacingError:
    return UserFacingError(
        "picture.not-here",
        "This picture was taken at another counter and has not reached this one yet.",
        kept="Nothing is lost: it is fetched when the centre answers.",
        remedy="Try again when the foot says “in step”.",
    )
