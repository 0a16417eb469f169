"""Applications that come as files, by word of mouth and by advice (mission: I11, I12, I13)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.arriving.form import read_form, schema, write_form
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts_public import FormFacts
from counter_app.errors import UserFacingError
from counter_app.i18n import RESOURCES, Translator
from counter_app.use_cases.arriving.consulting import Advice
from counter_app.use_cases.arriving.folder import ImportFolder
from counter_app.use_cases.delivery.inputs import AmendInput
from tests.support.behind import decided_behind
from tests.support.intake_hall import CLERK, IntakeHall, citizens, opened

KEEPER = Actor("keeper")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)


def application(**changed: Any) -> dict[str, Any]:
    zhang = citizens()["zhang"]
    return {
        "format": "counter-app/application",
        "version": 1,
        "source": "web",
        "id": "WSB-2026-000017",
        "sent_at": "2026-11-22T21:14:00+08:00",
        "item": "0603",
        "persons": [
            {"role": "applicant", "name": zhang.name, "number": zhang.number, "phone": "13900000001"}
        ],
        "answers": {"married": "no", "has_children": "no"},
        "fields": {"phone": "13900000001", "tell": "message"},
        "materials": [{"code": "photo", "note": "电子版"}],
        **changed,
    }


class Inbox:
    """The import folder as another system sees it."""

    def __init__(self, hall: IntakeHall, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._imports = ImportFolder(folder, hall.around.applying, Translator("zh_CN"), lambda: 2e9)

    def lay(self, name: str, content: dict[str, Any] | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        os.utime(path, (1e9, 1e9))
        return path

    def step(self) -> int:
        return len(self._imports.step(KEEPER))

    def why(self, name: str) -> str:
        return (self.folder / "rejected" / f"{name}.why.txt").read_text(encoding="utf-8")


# mission: I12 I11
def test_a_web_application_waits_as_a_draft_with_everything_it_said(hall: IntakeHall, tmp_path: Path) -> None:
    inbox = Inbox(hall, tmp_path / "import")
    path = inbox.lay("17.json", application())
    assert inbox.step() == 1
    assert not path.exists()  # no readable copy stays in the home
    (waiting,) = hall.around.applying.recent()
    view = hall.queries.case_view(waiting.case)
    assert (view.stage, view.item.code if view.item else "") == ("draft", "0603")
    (person,) = view.persons
    assert (person.name, person.typed) == (citizens()["zhang"].name, True)
    assert dict(view.fields)["tell"] == "message"
    assert view.notes == ("随申请提交：photo（电子版）",)
    with hall.store.reading() as reader:
        assert reader.need(CASES, waiting.case).channel == 2
    hall.mark_all(waiting.case)
    hall.intake.decide(CLERK, hall.key(), waiting.case, "accept")
    assert hall.around.applying.recent() == ()
    back = read_form(write_form(hall.around.applying.form_of(waiting.case)))
    assert (back.source, back.id, back.item, back.stage) == ("web", "WSB-2026-000017", "0603", "accepted")
    assert dict(back.answers) == {"married": "no", "has_children": "no"}


# mission: I11 I12 M2
@pytest.mark.parametrize(
    ("birth", "part", "told"),
    [("1950-??-??", "1950", "1950（月、日不详）"), ("1950-03-??", "1950-03", "1950-03（日不详）")],
)
def test_a_birth_known_in_part_stays_so_from_the_form_to_the_paper_and_out_again(
    hall: IntakeHall, tmp_path: Path, birth: str, part: str, told: str
) -> None:
    inbox = Inbox(hall, tmp_path / "import")
    person = {
        "role": "applicant",
        "name": "ANNA",
        "document": "passport",
        "number": "L898902C3",
        "birth": birth,
    }
    inbox.lay("19.json", application(persons=[person]))
    assert inbox.step() == 1
    (waiting,) = hall.around.applying.recent()
    (seen,) = hall.queries.case_view(waiting.case).persons
    assert (seen.birth, seen.birth_part) == (None, part)
    paper = hall.papers.print_form(CLERK, hall.key(), waiting.case)
    _, facts = hall.papers.facts(paper)
    assert isinstance(facts, FormFacts)
    assert told in {field.value for section in facts.parts for field in section.fields}
    out = hall.around.applying.form_of(waiting.case)
    assert out.persons[0].birth == birth
    assert read_form(write_form(out)).persons[0].birth == birth


@pytest.mark.parametrize("birth", ["1950-??-12", "1950-13-??", "2050-??-??", "????-??-??", "1950"])
def test_a_birth_that_is_none_is_not_taken_in(hall: IntakeHall, tmp_path: Path, birth: str) -> None:
    inbox = Inbox(hall, tmp_path / "import")
    person = {
        "role": "applicant",
        "name": "ANNA",
        "document": "passport",
        "number": "L898902C3",
        "birth": birth,
    }
    inbox.lay("20.json", application(persons=[person]))
    assert inbox.step() == 0
    assert inbox.why("20.json")


# mission: I12
def test_the_same_application_comes_in_once_whatever_the_file_is_called(
    hall: IntakeHall, tmp_path: Path
) -> None:
    inbox = Inbox(hall, tmp_path / "import")
    inbox.lay("a.json", application())
    inbox.lay("b.json", application(remark="再发一次"))
    assert inbox.step() == 2
    inbox.lay("c.json", application())
    inbox.step()
    assert len(hall.around.applying.recent()) == 1
    assert not (inbox.folder / "rejected").exists()


HOSTILE: dict[str, tuple[dict[str, Any] | bytes, str]] = {
    "not-json": (b"\xff\xfe<xml/>", "application.unreadable"),
    "deep": (b'{"remark":' + b"[" * 100_000, "application.unreadable"),
    "huge": (b" " * ((1 << 20) + 1), "application.too-large"),
    "unknown-key": (application(price=5), "application.unreadable"),
    "unknown-item": (application(item="9999"), "catalogue.unknown-item"),
    "no-answer": (application(answers={"married": "perhaps"}), "question.not-an-answer"),
    "bad-number": (
        application(persons=[{"role": "applicant", "name": "张三", "number": "653101198805060017"}]),
        "person.number",
    ),
    "bidi": (application(remark="\u202egnp.exe"), "application.unreadable"),
    "path-as-id": (application(id="../../etc/passwd"), "application.unreadable"),
    "no-day": (
        application(
            persons=[{"role": "applicant", "name": "张三", "document": "passport", "birth": "2026-13-40"}]
        ),
        "application.unreadable",
    ),
}


# mission: I12
@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_taken_in_is_explained_beside_the_file(
    hall: IntakeHall, tmp_path: Path, name: str
) -> None:
    content, code = HOSTILE[name]
    inbox = Inbox(hall, tmp_path / "import")
    inbox.lay(f"{name}.json", content)
    assert inbox.step() == 0
    assert inbox.why(f"{name}.json").startswith(f"[{code}] ")
    assert (inbox.folder / "rejected" / f"{name}.json").exists()
    assert hall.around.applying.recent() == ()


# mission: I12 X3
def test_links_and_growing_files_are_left_alone(hall: IntakeHall, tmp_path: Path) -> None:
    inbox = Inbox(hall, tmp_path / "import")
    outside = tmp_path / "secret.json"
    outside.write_text(json.dumps(application()), encoding="utf-8")
    (inbox.folder / "link.json").symlink_to(outside)
    growing = inbox.lay("growing.json", b"{")
    os.utime(growing, (2e9, 2e9))
    assert inbox.step() == 0
    assert growing.exists()
    assert outside.exists()
    assert not (inbox.folder / "rejected").exists()


# mission: I12
def test_the_shipped_schema_is_the_forms_own() -> None:
    shipped = json.loads((RESOURCES / "applications" / "schema.json").read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(schema()))


# mission: I12 P12
def test_what_is_spoken_is_written_down_read_back_and_signed(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    paper = hall.around.applying.write_down(CLERK, hall.key(), case, "我要办婚育证明，外出务工用。")
    form = hall.papers.facts(paper)[1]
    assert isinstance(form, FormFacts)
    assert form.oral
    assert "外出务工" in form.parts[-1].fields[0].value
    hall.around.applying.read_back(CLERK, hall.key(), case, "李四")
    known = hall.around.applying.of_case(case)
    assert known is not None
    assert (known.source, known.read_back_at is not None) == ("oral", True)


# mission: I12
def test_a_case_that_came_by_post_says_so_and_its_number_is_taken_once(hall: IntakeHall) -> None:
    case, other = hall.case("0603", "zhang"), hall.case("0603", "li")
    hall.around.applying.note_source(CLERK, hall.key(), case, "post", "EB123")
    with pytest.raises(UserFacingError) as caught:
        hall.around.applying.note_source(CLERK, hall.key(), other, "post", "EB123")
    assert caught.value.code == "application.known"


# mission: I13 S5
def test_advice_is_recorded_and_linked_to_the_case_that_comes_of_it(hall: IntakeHall) -> None:
    consulting = hall.around.consulting
    advice = Advice(question="外出要办什么？", answer="婚育证明，带身份证和证明信", item="0603", name="张三")
    held = consulting.hold(CLERK, hall.key(), advice)
    (open_one,) = consulting.unlinked()
    assert (open_one.id, open_one.item) == (held, "0603@1")
    case = hall.case("0603", "zhang")
    consulting.link(CLERK, hall.key(), held, case)
    assert consulting.unlinked() == ()
    assert [one.answer for one in consulting.of_case(case)] == [advice.answer]


# mission: I11
def test_a_result_produced_here_stands_for_a_paper_of_another_item(hall: IntakeHall) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    wanting = hall.case("0604", "zhang", declared="yes", has_certificate="yes")
    asked = [line for line in hall.queries.case_view(wanting).lines if line.mark is None]
    decided_behind(hall, case, number="LN-7")
    lines = {line.material: line for line in hall.queries.case_view(wanting).lines}
    answered = [line for line in asked if lines[line.material].mark == "present"]
    assert [("LN-7" in lines[line.material].reason) for line in answered] == [True]
    revoke = AmendInput(amendment="revoked", reason="骗取", article="《行政许可法》第六十九条")
    hall.around.delivering.amend(CLERK, hall.key(), case, revoke)
    lines = {line.material: line for line in hall.queries.case_view(wanting).lines}
    assert [lines[line.material].mark for line in answered] == [None]


# mission: I13
def test_advice_that_led_to_two_cases_is_read_in_full_from_both(hall: IntakeHall) -> None:
    consulting = hall.around.consulting
    advice = Advice(question="外出要办什么？", answer="婚育证明，带身份证和证明信", present=("1008",))
    held = consulting.hold(CLERK, hall.key(), advice)
    cases = [hall.case("0603", who) for who in ("zhang", "li")]
    for case in cases:
        consulting.link(CLERK, hall.key(), held, case)
    assert [one.id for case in cases for one in consulting.of_case(case)] == [held, held]
    assert consulting.shown(held).present == ("1008",)
    with pytest.raises(UserFacingError) as caught:
        consulting.hold(CLERK, hall.key(), Advice(question="问", answer="答", present=("路人",)))
    assert caught.value.code == "consultation.present"
