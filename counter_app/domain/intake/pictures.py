"""Pictures of a case's materials: what was photographed, for which material, and what became of it (mission:
M3).

A picture's bytes are no event. They are sealed with a key of their own and kept under the digest of what was
sealed; the key travels as the event's private part `key`. Whoever may not read the part cannot open the
picture, wherever its bytes lie, and with the part erased nobody can (decision 023). Not here: where the bytes
are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

KEY: Final = "key"
REASON: Final = "reason"
SOURCES: Final = ("camera", "document-scanner", "folder", "file")
MOST_SEALED: Final = 8 << 20  # bytes of one sealed picture
MOST_PICTURES: Final = 200  # of one case, removed ones counted
PIECE: Final = 256 << 10  # what is sent at once


def blob_subject(digest: str) -> str:
    """What an event names for the bytes beside it: only bytes that some event names are taken in anywhere."""
    return f"blob:{digest}"


class MaterialPictured(Fact):
    """One page of a material was photographed or scanned; `material` "" belongs to the case as a whole.

    `digest` is SHA-256 of the sealed bytes, `size` their count; `width` and `height` are the picture's in
    pixels. `replaces` names the picture whose place this one takes.
    """

    case: str
    picture: str
    material: str
    digest: str
    size: int
    form: str
    width: int
    height: int
    source: str
    replaces: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"case:{self.case}", f"album:{self.case}", blob_subject(self.digest))


class PictureRemoved(Fact):
    """A picture no longer belongs to the case's materials. The reason in own words is the private part
    `reason`; `phrase` a standard one.
    """

    case: str
    picture: str
    phrase: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"case:{self.case}", f"album:{self.case}")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of an album. `gone`: its key was erased, or is not for this reader. `ended` says why it is
    shown no more: `removed` (with `reason`) or `replaced`, "" while it stands.
    """

    id: str
    material: str
    digest: str
    size: int
    form: str
    width: int
    height: int
    source: str
    at: datetime
    staff: str
    gone: bool = False
    ended: str = ""
    reason: str = ""

    @property
    def stands(self) -> bool:
        return not self.ended


@dataclass(frozen=True, slots=True)
class Album:
    """All pictures of one case; a replacing one stands where the replaced one stood."""

    case: str
    pictures: tuple[Picture, ...] = ()

    @property
    def standing(self) -> tuple[Picture, ...]:
        return tuple(picture for picture in self.pictures if picture.stands)

    def of(self, material: str) -> tuple[Picture, ...]:
        """The pages of one material, in order."""
        return tuple(picture for picture in self.standing if picture.material == material)

    def picture(self, id: str) -> Picture | None:
        return next((picture for picture in self.pictures if picture.id == id), None)


def fold_album(album: Album | None, event: Recorded) -> Album | None:
    fact = event.fact
    if isinstance(fact, MaterialPictured):
        return _pictured(album or Album(fact.case), fact, event)
    if isinstance(fact, PictureRemoved) and album is not None:
        reason = event.private.get(REASON, b"").decode() or fact.phrase
        return _ended(album, fact.picture, "removed", reason)
    return album


ALBUMS: Final = Stream("album", Album, fold_album)


def _pictured(album: Album, fact: MaterialPictured, event: Recorded) -> Album:
    picture = Picture(
        id=fact.picture,
        material=fact.material,
        digest=fact.digest,
        size=fact.size,
        form=fact.form,
        width=fact.width,
        height=fact.height,
        source=fact.source,
        at=event.at,
        staff=event.actor.staff,
        gone=KEY not in event.private,
    )
    place = next((at for at, known in enumerate(album.pictures) if known.id == fact.replaces), None)
    if place is None:
        return replace(album, pictures=(*album.pictures, picture))
    kept = _ended(album, fact.replaces, "replaced", "").pictures
    return replace(album, pictures=(*kept[: place + 1], picture, *kept[place + 1 :]))


def _ended(album: Album, id: str, how: str, reason: str) -> Album:
    """Ended once: what two counters do to one picture does no harm."""
    return replace(
        album,
        pictures=tuple(
            replace(picture, ended=how, reason=reason) if picture.id == id and picture.stands else picture
            for picture in album.pictures
        ),
    )
