"""What the counter pictured is looked at behind it (mission: M3, C1)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.use_cases.intake.pictures import PictureInput
from tests.support.intake_hall import CLERK
from tests.support.pictures import packed, page
from tests.ui.desk.office import Office

HANDLER = "1021"


def test_enter_on_a_material_shows_its_pages(office: Office) -> None:
    hall = office.hall
    case = hall.case("0603", "li", CLERK, married="no", has_children="no")
    material = hall.queries.case_view(case).lines[0].material
    raw = packed(page((620, 877)))
    for _ in range(2):
        office.pictures.add(CLERK, hall.key(), case, PictureInput(material, raw, "camera"))
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    office.log_in(HANDLER)
    office.window.work.pictures.open(material)
    view = office.window.panels.pictures
    assert view.isVisibleTo(office.window)
    assert view.canvas.image is not None
    assert "1 / 2" in view.canvas.accessibleDescription()
    office.press(Qt.Key.Key_Right)
    assert "2 / 2" in view.canvas.accessibleDescription()
    office.press(Qt.Key.Key_Escape)
    assert not view.isVisibleTo(office.window)


def test_a_material_without_pictures_says_so(office: Office) -> None:
    office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    office.ctrl(Qt.Key.Key_2)
    lists = office.window.panels.case.lists
    line = lists.lines("materials")[0]
    lists.chosen.emit("materials", line.id)
    assert office.notice.startswith("No picture of")
