"""Pictures of the case's materials: taken, looked at, turned, taken again, removed with a reason. No Qt.

Devices and fetching from the centre have a lane of their own, so that nothing else waits for them. Turning
shows at once and is kept when the page is left: three presses are one change. (mission: M3)
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, TypeVar

from counter_app.domain.intake.pictures import Album, Picture
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError, mark
from counter_app.ui.counter.beside import ask_how
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.pictures_shown import PicturesShown
from counter_app.ui.counter.work_presenter import WorkPresenter
from counter_app.ui.tasks import TaskRunner
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.pictures import PictureInput
from counter_app.use_cases.intake.views import LineView

T = TypeVar("T")
REASONS: Final = (
    mark("Blurred or cut off"),
    mark("The wrong paper"),
    mark("The same page twice"),
    mark("Another person's"),
)
MOST_FILE: Final = 160 << 20


class PicturesScreen(Protocol):
    """The viewer, as the presenter drives it."""

    def show_pictures(self, shown: PicturesShown) -> None: ...

    def hide_pictures(self) -> None: ...


class PicturesPresenter:
    """Works on the case that `work` has in hand; `lane` is for devices and fetching."""

    def __init__(self, desk: Desk, work: WorkPresenter, screen: PicturesScreen, lane: TaskRunner) -> None:
        self._desk = desk
        self._work = work
        self._screen = screen
        self._lane = lane
        self._open = False
        self._case = ""
        self._material = ""
        self._album = Album("")
        self._at = 0
        self._turn = 0
        self._image: tuple[str, bytes] | None = None
        self._trouble = ""
        self._working = ""
        self._device = 0
        self._failed = ""  # the device that gave no picture last

    @property
    def commands(self) -> dict[str, Callable[[], None]]:
        """What the viewer's keys ask for, by name."""
        return {
            "take": self.take,
            "replace": self.replace,
            "from_file": self.from_file,
            "turn": self.turn,
            "remove": self.remove,
            "device": self.other_device,
            "page_back": lambda: self._to_page(self._at - 1),
            "page_on": lambda: self._to_page(self._at + 1),
            "material_back": lambda: self._to_material(-1),
            "material_on": lambda: self._to_material(1),
            "leave": self.leave,
        }

    def open(self, material: str = "", *, take: bool = False) -> None:
        """The pictures of a material of the case in hand, of the line in hand where none is named."""
        desk, view = self._desk, self._work.view
        if view is None or not view.lines or desk.deps.pictures is None:
            desk.tell(desk.t("No case with materials is in hand."))
            return
        codes = [line.material for line in view.lines]
        wanted = material or self._work.material
        self._case, self._material = view.case, wanted if wanted in codes else codes[0]
        self._open, self._at, self._trouble = True, 0, ""
        self._reload(last=False)
        if take:
            self.take()

    def leave(self) -> None:
        self._keep_turn()
        self._open = False
        self._image = None
        self._screen.hide_pictures()
        self._desk.screen.focus_work()

    def changed(self) -> None:
        """Somebody took or removed a picture, or another case is in hand."""
        if not self._open:
            return
        view = self._work.view
        if view is None or view.case != self._case:
            self._open, self._turn, self._image = False, 0, None
            self._screen.hide_pictures()
        else:
            self._reload(last=False)

    def take(self) -> None:
        self._take("")

    def replace(self) -> None:
        """Take the page in hand again; the new one stands in its place."""
        picture = self._picture
        if picture is not None:
            self._turn = 0
            self._take(picture.id)

    def from_file(self) -> None:
        desk, t = self._desk, self._desk.t

        def typed(_: str, text: str) -> None:
            path = text.strip().strip('"')
            if path:
                self._add_file(Path(path))

        desk.ask(t("Which file?"), (), typed, text=t("Path of a JPEG, PNG, PNM or BMP file"))

    def turn(self) -> None:
        if self._picture is not None and self._image is not None:
            self._turn = (self._turn + 1) % 4
            self._show()

    def remove(self) -> None:
        picture, desk = self._picture, self._desk
        if picture is None:
            return
        case, pictures = self._case, desk.deps.pictures
        if pictures is None:
            return

        def given(reason: str) -> None:
            self._turn = 0
            self._do(
                desk.t("Removing …"),
                lambda actor, key: pictures.remove(actor, key, case, picture.id, reason),
                lambda _: self._reload(last=False),
            )

        desk.ask_reason(desk.t("Why is the picture removed?"), tuple(desk.t(one) for one in REASONS), given)

    def other_device(self) -> None:
        """Choose among the cameras and scanners of this machine."""
        desk, cameras = self._desk, self._desk.deps.cameras
        if len(cameras) < 2:
            desk.tell(desk.t("This counter has no other camera or scanner."))
            return
        choices = tuple(Choice(str(at), str(at + 1), one.name) for at, one in enumerate(cameras[:9]))

        def taken(choice: str, _: str) -> None:
            self._device = int(choice)
            self._show()

        desk.ask(desk.t("Which device takes the pictures?"), choices, taken)

    @property
    def _pages(self) -> tuple[Picture, ...]:
        return self._album.of(self._material)

    @property
    def _picture(self) -> Picture | None:
        pages = self._pages
        return pages[self._at] if self._at < len(pages) else None

    @property
    def _line(self) -> LineView | None:
        view = self._work.view
        lines = view.lines if view is not None else ()
        return next((line for line in lines if line.material == self._material), None)

    def _take(self, replaces: str) -> None:
        desk, cameras, pictures = self._desk, self._desk.deps.cameras, self._desk.deps.pictures
        if pictures is None:
            return
        if not cameras:
            desk.tell(
                desk.t("This counter has no camera or scanner."),
                remedy=desk.t(
                    "Take it in from a file with F, or declare one on the page of the peripherals."
                ),
                level="warn",
            )
            return
        case, given = self._case, PictureInput(self._material, b"", "", replaces)
        device = cameras[min(self._device, len(cameras) - 1)]
        self._do(
            desk.t("{name} takes the picture …", name=device.name),
            lambda actor, key: pictures.take(actor, key, case, device.open(), given),
            lambda _: self._taken(device.name, last=not replaces),
            lambda error: self._not_taken(device.name, error),
        )

    def _taken(self, device: str, *, last: bool) -> None:
        """A message that the device gave nothing is over."""
        if self._failed == device:
            self._failed = ""
            self._desk.tell(self._desk.t("{name} took the picture.", name=device), level="good")
            self._see(device)
        self._reload(last=last)

    def _not_taken(self, device: str, error: UserFacingError) -> None:
        """Said with the name that people know it by; foot and page tell what becomes of it."""
        self._failed = device
        if "where" in error.params:
            error.params["where"] = device
        self._desk.error(error)
        self._see(device)

    def _see(self, device: str) -> None:
        ask_how(self._desk, lambda row: row.name == device)

    def _add_file(self, path: Path) -> None:
        case, material, pictures, t = self._case, self._material, self._desk.deps.pictures, self._desk.t
        if pictures is None:
            return

        def work(actor: Actor, key: str) -> str:
            return pictures.add(actor, key, case, PictureInput(material, read_file(path), "file"))

        self._do(t("Reading the file …"), work, lambda _: self._reload(last=True))

    def _to_page(self, at: int) -> None:
        if 0 <= at < len(self._pages):
            self._keep_turn()
            self._at = at
            self._fetch()

    def _to_material(self, by: int) -> None:
        view = self._work.view
        codes = [line.material for line in view.lines] if view is not None else []
        at = codes.index(self._material) + by if self._material in codes else 0
        if 0 <= at < len(codes):
            self._keep_turn()
            self._material, self._at, self._trouble = codes[at], 0, ""
            self._work.choose_material(codes[at])
            self._fetch()

    def _keep_turn(self) -> None:
        """A turned page is kept as it is looked at, in the place of the one before."""
        picture, turn, image, pictures = self._picture, self._turn, self._image, self._desk.deps.pictures
        self._turn = 0
        if not turn or picture is None or image is None or image[0] != picture.id or pictures is None:
            return
        case = self._case
        turned = PictureInput(
            picture.material, image[1], picture.source, picture.id, straighten=False, turn=turn
        )
        self._do(
            self._desk.t("Turning …"),
            lambda actor, key: pictures.add(actor, key, case, turned),
            lambda _: self._reload(last=False),
        )

    def _reload(self, *, last: bool) -> None:
        desk, case, pictures = self._desk, self._case, self._desk.deps.pictures
        if pictures is None:
            return

        def read(album: Album) -> None:
            if album.case != self._case:
                return
            self._album = album
            pages = len(self._pages)
            self._at = max(0, pages - 1) if last else min(self._at, max(0, pages - 1))
            self._fetch()

        desk.reads.run(lambda: pictures.album(case), read)

    def _fetch(self) -> None:
        """Show the page in hand; its bytes come from this disk, or from the centre."""
        picture, case, pictures = self._picture, self._case, self._desk.deps.pictures
        self._show()
        if picture is None or pictures is None or (self._image and self._image[0] == picture.id):
            return

        def come(data: bytes) -> None:
            self._image, self._trouble = (picture.id, data), ""
            self._show()

        def failed(error: UserFacingError) -> None:
            self._trouble = self._desk.t(error.message, **error.params)
            self._show()

        self._lane.run(lambda: pictures.image(case, picture.id), come, failed)

    def _do(
        self,
        words: str,
        work: Callable[[Actor, str], T],
        done: Callable[[T], None],
        refused: Callable[[UserFacingError], None] | None = None,
    ) -> None:
        """One thing at a time on the viewer's own lane."""
        desk, shift = self._desk, self._desk.hands.shift
        if self._working or shift is None or not desk.at_work:
            return
        self._working, self._trouble = words, ""
        actor, key = shift.actor, desk.new_key()

        def allowed() -> T:
            desk.access.need(shift, "case.open")
            return work(actor, key)

        def landed(result: T) -> None:
            self._working = ""
            done(result)
            self._work.refresh()

        def failed(error: UserFacingError) -> None:
            self._working = ""
            (refused or desk.error)(error)
            self._show()

        self._show()
        self._lane.run(allowed, landed, failed)

    def _show(self) -> None:
        if not self._open:
            return
        t, picture, line, pages = self._desk.t, self._picture, self._line, self._pages
        lines = self._work.view.lines if self._work.view is not None else ()
        codes = [one.material for one in lines]
        at = codes.index(self._material) + 1 if self._material in codes else 0
        image = self._image[1] if picture and self._image and self._image[0] == picture.id else None
        cameras = self._desk.deps.cameras
        device = cameras[min(self._device, len(cameras) - 1)].name if cameras else ""
        self._screen.show_pictures(
            PicturesShown(
                material=line.name if line else "",
                position=t("material {at} of {count}", at=at, count=len(codes)),
                page=t("page {at} of {count}", at=self._at + 1, count=len(pages)) if pages else "",
                note=self._note(picture),
                words=self._words(picture, image),
                image=image,
                turn=self._turn,
                working=bool(self._working),
                device=t("by {name}", name=device) if device else t("no camera here"),
            )
        )

    def _note(self, picture: Picture | None) -> str:
        if picture is None:
            return ""
        size = f"{picture.width} × {picture.height}"
        return " · ".join((f"{picture.at:%m-%d %H:%M}", picture.staff, size, f"{picture.size // 1024} KiB"))

    def _words(self, picture: Picture | None, image: bytes | None) -> str:
        t = self._desk.t
        if self._working or self._trouble:
            return self._working or self._trouble
        if picture is None:
            return t("No picture of this material yet. P takes one.")
        return "" if image is not None else t("The picture is on its way …")


def read_file(path: Path) -> bytes:
    """UserFacingError `file.unusable`, `picture.dimensions`."""
    try:
        if path.stat().st_size > MOST_FILE:
            raise UserFacingError(
                "picture.dimensions",
                "The file is far too large for a picture of a page.",
                kept="The case is as it was.",
                remedy="Save it smaller, or take the paper with the camera.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserFacingError(
            "file.missing",
            "There is no file {path}.",
            kept="The case is as it was.",
            remedy="Look at the file's name, or take the paper with the camera.",
            path=str(path),
        ) from error
    except OSError as error:
        raise UserFacingError(
            "file.unusable",
            "{path} cannot be used: {reason}",
            kept="The case is as it was.",
            remedy="Look at the file's name and whose it is.",
            path=str(path),
            reason=error.strerror or str(error),
        ) from error
