"""Pictures of a material of the case in hand, to be looked at: what the counter took in (mission: M3). No Qt.

Fetching from the centre has a lane of its own, so that nothing else waits for it.
"""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.intake.pictures import Album, Picture
from counter_app.errors import UserFacingError
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.shown import PictureShown
from counter_app.ui.tasks import TaskRunner


class PicturesPresenter:
    """`show` puts a picture over the window; `lane` fetches."""

    def __init__(self, here: DeskPlace, lane: TaskRunner, show: Callable[[PictureShown], None]) -> None:
        self._here = here
        self._lane = lane
        self._show = show
        self._name = ""
        self._pages: tuple[Picture, ...] = ()
        self._at = 0

    def open(self, material: str) -> None:
        """The pages of one material; says so where none was taken."""
        here, read = self._here, self._here.hands.read
        lines = read.materials.lines if read is not None and read.materials is not None else ()
        line = next((one for one in lines if one.material == material), None)
        if read is None or line is None:
            return
        pictures, case = here.deps.pictures, read.case

        def found(album: Album) -> None:
            self._name, self._pages, self._at = line.name, album.of(material), 0
            if self._pages:
                self._fetch()
            else:
                here.tell(here.t("No picture of “{material}” was taken.", material=line.name))

        here.reads.run(lambda: pictures.album(case), found, here.error)

    def page(self, step: int) -> None:
        """Another page of the same material."""
        at = min(max(self._at + step, 0), len(self._pages) - 1)
        if self._pages and at != self._at:
            self._at = at
            self._fetch()

    def _fetch(self) -> None:
        here, at, page = self._here, self._at, self._pages[self._at]
        case = here.hands.case
        self._put(None, here.t("On its way …"))

        def came(data: bytes) -> None:
            if self._current(page):
                self._put(data, "")

        def failed(error: UserFacingError) -> None:
            if self._current(page):
                self._put(None, here.t(error.message, **error.params))

        self._at = at
        self._lane.run(lambda: here.deps.pictures.image(case, page.id), came, failed)

    def _current(self, page: Picture) -> bool:
        return bool(self._pages) and self._pages[self._at].id == page.id and self._here.at_work

    def _put(self, data: bytes | None, words: str) -> None:
        count = f"{self._at + 1} / {len(self._pages)}"
        self._show(PictureShown(self._name, count, data, words))
