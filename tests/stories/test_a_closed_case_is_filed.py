"""From the last paper to the archive: what is missing is said, the file closes and is frozen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from counter_app.bootstrap.around import around_case
from counter_app.domain.archive.rules import keep_until
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts_archive import ArchiveFacts
from counter_app.domain.paper.facts_ending import EndFacts
from counter_app.domain.paper.strokes import Strokes
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.printing.fonts import FontFiles
from counter_app.printing.pictures import page_texts
from counter_app.printing.renderer import BundledPaperRenderer
from counter_app.use_cases.agents.agents import AgentInput
from counter_app.use_cases.archive.archiving import FileView
from counter_app.use_cases.archive.packaging import Packaging
from counter_app.use_cases.arriving.consulting import Advice
from counter_app.use_cases.delivery.inputs import AmendInput, CollectInput
from counter_app.use_cases.papers.cards import CardInput, Cards
from counter_app.use_cases.papers.reading import PaperReading
from counter_app.use_cases.papers.signing import SignatureInput
from counter_app.use_cases.papers.statements import Statements
from tests.support.behind import decided_behind
from tests.support.intake_hall import CLERK, IntakeHall, opened, person_hash

DRAWN = Strokes(1000, 400, (((100, 300, 500), (400, 100, 900)),))
LET_PASS = "纸质原件已入卷"
SUPERVISOR = Actor("1011", "3")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)


def granted(hall: IntakeHall) -> tuple[str, str]:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    receipt = hall.intake.decide(CLERK, hall.key(), case, "accept").papers[0]
    decided_behind(hall, case, number="LN-7")
    return case, receipt


def needed(view: FileView) -> list[str]:
    return [one.code for one in view.missing if one.needed]


def refused(hall: IntakeHall, case: str, reason: str = "") -> str:
    with pytest.raises(UserFacingError) as caught:
        hall.around.archiving.archive(CLERK, hall.key(), case, reason)
    return caught.value.code


def filed(hall: IntakeHall) -> str:
    case, receipt = granted(hall)
    own = CollectInput(relation="applicant", person=hall.card("zhang"), receipt=receipt)
    hall.around.delivering.hand_over(CLERK, hall.key(), case, own)
    hall.around.archiving.archive(CLERK, hall.key(), case, LET_PASS)
    return case


# mission: C14
def test_what_is_missing_keeps_the_file_open_and_what_may_be_let_pass_needs_a_reason(
    hall: IntakeHall,
) -> None:
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    receipt = hall.intake.decide(CLERK, hall.key(), case, "accept").papers[0]
    assert needed(hall.around.archiving.view(case)) == ["open"]
    decided_behind(hall, case, number="LN-7")
    assert needed(hall.around.archiving.view(case)) == ["delivery"]
    assert refused(hall, case) == "archive.incomplete"
    own = CollectInput(relation="applicant", person=hall.card("zhang"), receipt=receipt)
    hall.around.delivering.hand_over(CLERK, hall.key(), case, own)
    view = hall.around.archiving.view(case)
    assert view.complete
    assert {one.code.partition("/")[0] for one in view.missing} == {"seal", "material"}
    assert refused(hall, case) == "archive.let-pass"
    paper = hall.around.archiving.archive(CLERK, hall.key(), case, LET_PASS)
    cover = hall.papers.facts(paper)[1]
    assert isinstance(cover, ArchiveFacts)
    assert (cover.let_pass, cover.keep_until) == (LET_PASS, date(2036, 12, 31))
    assert [entry.kind for entry in cover.entries][:3] == ["acceptance", "result", "delivery"]
    assert cover.acts == len(cover.course) > 2


# mission: C14
def test_a_closed_file_is_frozen_opened_by_right_and_closed_again(hall: IntakeHall) -> None:
    case = filed(hall)
    correct = AmendInput(amendment="corrected", reason="写错", article="《行政许可法》第四十九条")
    with pytest.raises(UserFacingError) as caught:
        hall.around.delivering.amend(CLERK, hall.key(), case, correct)
    assert caught.value.code == "archive.closed"
    assert refused(hall, case, LET_PASS) == "archive.closed"
    with pytest.raises(UserFacingError) as caught:
        hall.around.archiving.open_file(CLERK, hall.key(), case, "更正结果")
    assert caught.value.code == "access.no-right"
    hall.around.archiving.open_file(SUPERVISOR, hall.key(), case, "更正结果")
    hall.around.delivering.amend(CLERK, hall.key(), case, correct)
    assert needed(hall.around.archiving.view(case)) == ["delivery"]  # the corrected one is to be collected
    first = hall.around.archiving.view(case).file
    assert first is not None
    assert (first.nth, first.closed) == (1, False)


# mission: C14
def test_nothing_is_written_into_a_closed_file_and_what_lies_in_it_may_be_copied(hall: IntakeHall) -> None:
    around, papers = hall.around, hall.papers
    terms = AgentInput(name="周社工", until=date(2026, 12, 31))
    agent = around.agents.register(CLERK, hall.key(), terms)
    advice = around.consulting.hold(CLERK, hall.key(), Advice(question="怎么办？", answer="带身份证"))
    case = filed(hall)
    with hall.store.reading() as reader:
        before = reader.history(CASES.subject(case))
        paper = reader.papers.of_case(case)[0].id
    signed = SignatureInput(role="applicant", strokes=DRAWN)
    cards = Cards(hall.store, hall.reference, Statements(hall.keys), person_hash)
    acts: tuple[Callable[[str], object], ...] = (
        lambda key: around.agents.brought(CLERK, key, agent, case),
        lambda key: around.telling.tell(CLERK, key, case, "result", "phone", "reached"),
        lambda key: around.telling.ask_way(CLERK, key, case, "phone"),
        lambda key: around.applying.write_down(CLERK, key, case, "补充说明"),
        lambda key: around.applying.note_source(CLERK, key, case, "post", "EB1"),
        lambda key: around.consulting.link(CLERK, key, advice, case),
        lambda key: papers.print_form(CLERK, key, case),
        lambda key: hall.casework.plans.print(CLERK, key, case),
        lambda key: papers.signing.sign(CLERK, key, case, paper, signed),
        lambda key: cards.issue(CLERK, key, case, CardInput("service")),
    )
    for act in acts:
        with pytest.raises(UserFacingError) as caught:
            act(hall.key())
        assert caught.value.code == "archive.closed"
    with hall.store.reading() as reader:
        assert reader.history(CASES.subject(case)) == before
    papers.reprint(CLERK, hall.key(), paper, "申请人遗失")


# mission: C14 C17
def test_an_end_is_set_aside_by_right_and_the_case_goes_on(hall: IntakeHall) -> None:
    case = filed(hall)
    paper = hall.around.archiving.undo_end(SUPERVISOR, hall.key(), case, "复议撤销", "复议决定书 2026-3")
    notice = hall.papers.facts(paper)[1]
    assert isinstance(notice, EndFacts)
    assert (notice.end, notice.basis) == ("reopened", ("复议决定书 2026-3",))
    with hall.store.reading() as reader:
        state = reader.need(CASES, case)
    assert (state.stage, state.ended_at) == ("accepted", None)
    file = hall.around.archiving.view(case).file
    assert file is not None
    assert not file.closed


# mission: C14 P8
def test_the_package_holds_everything_with_its_digest_and_one_bound_volume(hall: IntakeHall) -> None:
    case = filed(hall)
    reading = PaperReading(hall.papers, BundledPaperRenderer(FontFiles.bundled()))
    packaging = Packaging(hall.store, hall.around.archiving, reading, None)
    t = Translator("zh_CN")
    files = {file.name: file.data for file in packaging.files(case, t)}
    index = json.loads(files["index.json"])
    assert index["keep_until"] == "2036-12-31"
    assert {one["name"] for one in index["files"]} == set(files) - {"index.json"}
    assert all(one["sha256"] == sha256(files[one["name"]]).hexdigest() for one in index["files"])
    acts = [json.loads(line) for line in files["acts.jsonl"].splitlines()]
    assert {"CaseAccepted", "CaseGranted", "ResultHandedOver", "CaseArchived"} <= {
        act["type"] for act in acts
    }
    assert all(len(act["hash"]) == 64 for act in acts)
    pages = page_texts(files["volume.pdf"])
    assert "归档目录" in pages[0]
    assert sum(name.startswith("papers/") for name in files) == 4
    assert len(pages) >= 4
    assert all(name.isascii() and ".." not in name for name in files)


# mission: C14
def test_the_list_of_contents_says_how_many_pages_each_paper_has(hall: IntakeHall) -> None:
    t = Translator("zh_CN")
    reading = PaperReading(hall.papers, BundledPaperRenderer(FontFiles.bundled()))
    counted = around_case(hall.store, hall.needs, hall.people, pages=lambda paper: reading.pages(paper, t))
    case, receipt = granted(hall)
    own = CollectInput(relation="applicant", person=hall.card("zhang"), receipt=receipt)
    hall.around.delivering.hand_over(CLERK, hall.key(), case, own)
    paper = counted.archiving.archive(CLERK, hall.key(), case, LET_PASS)
    cover = hall.papers.facts(paper)[1]
    assert isinstance(cover, ArchiveFacts)
    with hall.store.reading() as reader:
        ids = {one.number: one.id for one in reader.papers.of_case(case)}
    ours = [entry for entry in cover.entries if entry.reference in ids]
    drawn = [len(page_texts(reading.pdf(ids[entry.reference], t))) for entry in ours]
    assert [entry.pages for entry in ours] == drawn
    assert len(drawn) >= 3


# mission: C14
@pytest.mark.parametrize(
    ("retention", "until"), [("permanent", None), ("30", date(2056, 12, 31)), ("10", date(2036, 12, 31))]
)
def test_retention_counts_from_the_year_after(retention: str, until: date | None) -> None:
    assert keep_until(retention, date(2026, 11, 23)) == until
