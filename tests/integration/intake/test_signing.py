"""A paper signed on a pad: bound to what it says, once a role, gone with the person (mission: M3, P12)."""

from __future__ import annotations

from hashlib import sha256

import pytest

from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.codec import to_json
from counter_app.domain.paper.columns import lay_out
from counter_app.domain.paper.issued import FACTS
from counter_app.domain.paper.strokes import Strokes
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.printing.fonts import FontFiles
from counter_app.printing.pictures import page_pictures
from counter_app.printing.renderer import BundledPaperRenderer
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.papers.reading import PaperReading
from counter_app.use_cases.papers.signing import SignatureInput
from tests.support.intake_hall import CLERK, IntakeHall, citizens

ZH = Translator("zh_CN")
DRAWN = Strokes(1000, 400, (((100, 300, 500), (400, 100, 900)), ((200, 100, 300), (700, 320, 700))))


def accepted(hall: IntakeHall, who: str = "zhang") -> tuple[str, str]:
    """A case and its acceptance notice."""
    case = hall.case("0603", who, married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    return case, hall.papers.of_case(case)[0].id


def sign(hall: IntakeHall, case: str, paper: str, role: str = "applicant", **more: object) -> str:
    given = SignatureInput(role=role, strokes=DRAWN, **more)  # type: ignore[arg-type]  # each test names its own
    return hall.papers.signing.sign(CLERK, hall.key(), case, paper, given)


def refused(hall: IntakeHall, case: str, paper: str, role: str = "applicant", **more: object) -> str:
    with pytest.raises(UserFacingError) as told:
        sign(hall, case, paper, role, **more)
    return told.value.code


# mission: M3 P12
def test_a_signature_names_what_the_paper_says(hall: IntakeHall) -> None:
    case, paper = accepted(hall)
    with hall.store.reading() as reader:
        event = reader.event(paper)
    assert event is not None
    assert sign(hall, case, paper)
    (row,) = hall.papers.signing.of_paper(paper)
    assert (row.role, row.fit, row.stands, row.drawn) == ("applicant", "fits", True, True)
    assert row.digest == sha256(event.private[FACTS]).hexdigest()
    _, facts = hall.papers.facts(paper)
    assert len(facts.head.signed) == 1
    assert to_json(facts) == event.private[FACTS], "what was signed is not changed by signing it"


def test_what_is_refused(hall: IntakeHall) -> None:
    case, paper = accepted(hall)
    other, _ = accepted(hall, "li")
    assert refused(hall, other, paper) == "signature.other-case"
    assert refused(hall, case, paper, "nobody") == "signature.role"
    assert refused(hall, case, paper, thumb=True) == "signature.witness-needed"
    assert hall.papers.signing.of_paper(paper) == ()


def test_a_role_signs_again_only_with_a_reason(hall: IntakeHall) -> None:
    case, paper = accepted(hall)
    sign(hall, case, paper)
    assert refused(hall, case, paper) == "signature.twice"
    sign(hall, case, paper, reason="写错名字")
    sign(hall, case, paper, "witness")
    rows = hall.papers.signing.of_paper(paper)
    assert [(row.role, row.stands) for row in rows] == [
        ("applicant", False),
        ("applicant", True),
        ("witness", True),
    ]


def test_the_roll_says_so_and_a_thumb_print_names_its_witness(hall: IntakeHall) -> None:
    case, paper = accepted(hall)
    sign(hall, case, paper, thumb=True, witness="王芳")
    for columns in (48, 32):
        text = lay_out(build(hall.papers.facts(paper)[1], ZH), columns).text.replace("\n", "")
        assert "已按手印" in text
        assert "王芳" in text
        assert "已电子签名" in text


def test_the_strokes_stand_on_the_sheet(hall: IntakeHall) -> None:
    case, paper = accepted(hall)
    reading = PaperReading(hall.papers, BundledPaperRenderer(FontFiles.bundled()))
    before = reading.pdf(paper, ZH)
    sign(hall, case, paper)
    after = reading.pdf(paper, ZH)
    assert len(list(page_pictures(before, dots_per_inch=60))) == len(
        list(page_pictures(after, dots_per_inch=60))
    )
    assert list(page_pictures(before, dots_per_inch=60)) != list(page_pictures(after, dots_per_inch=60))
    assert after == reading.pdf(paper, ZH)


# mission: X3
@pytest.mark.parametrize(("gone", "left"), [("zhang", "applicant"), ("li", "")])
def test_strokes_go_with_the_person_who_drew_them(hall: IntakeHall, gone: str, left: str) -> None:
    """The agent's go with the agent, all with the applicant, whose case it is."""
    case = hall.case("0603", "li", married="no", has_children="no")
    agent = PersonInput.from_document(citizens()["zhang"])
    parties = {"zhang": hall.intake.record_person(CLERK, hall.key(), case, "agent", agent)}
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "receive")
    paper = hall.papers.of_case(case)[0].id
    sign(hall, case, paper)
    sign(hall, case, paper, "agent")
    hall.intake.decide(CLERK, hall.key(), case, "withdraw", DecisionInput(reason="撤回"))
    with hall.store.reading() as reader:
        found = reader.need(CASES, case).applicant
    assert found is not None
    parties["li"] = found.party
    hall.erasing.erase(Actor("1011", "3"), hall.key(), parties[gone], "unlawful")
    rows = hall.papers.signing.of_paper(paper)
    assert [row.role for row in rows if row.drawn] == ([left] if left else [])
    assert {row.fit for row in rows} == ({"fits"} if left else {"erased"})
