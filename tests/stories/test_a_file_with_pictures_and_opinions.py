"""A case decided behind the counter is filed: opinions, pictures and papers in one folder and one PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.paper.builders.filing import KINDS
from counter_app.domain.paper.facts import PaperKind
from counter_app.i18n import Translator
from counter_app.imaging.maker import PillowPictureMaker
from counter_app.printing.fonts import FontFiles
from counter_app.printing.pictures import page_texts
from counter_app.printing.renderer import BundledPaperRenderer
from counter_app.store.picture_vault import FilePictureVault
from counter_app.use_cases.archive.packaging import Packaging
from counter_app.use_cases.delivery.inputs import CollectInput
from counter_app.use_cases.intake.look import look
from counter_app.use_cases.intake.pictures import PictureInput, Pictures
from counter_app.use_cases.papers.reading import PaperReading
from tests.support.casework_hall import MANAGER, POPULATION, CaseworkHall
from tests.support.intake_hall import CLERK, OVERSEER
from tests.support.pictures import packed, page

ZH = Translator("zh_CN")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


def decided(hall: CaseworkHall, pictures: Pictures) -> str:
    """Photographed at the counter, examined, approved and finally approved."""
    case = hall.case("0603", "li", CLERK, married="no", has_children="no")
    material = hall.queries.case_view(case).lines[0].material
    pictures.add(CLERK, hall.key(), case, PictureInput(material, packed(page()), "camera"))
    hall.mark_all(case)
    receipt = hall.intake.decide(CLERK, hall.key(), case, "accept").papers[0]
    for step, who in zip(("review", "approval", "final"), POPULATION, strict=True):
        hall.opine(case, step, who, number="流婚〔2026〕31" if step == "final" else "")
    own = CollectInput(relation="applicant", person=hall.card("li"), receipt=receipt)
    hall.around.delivering.hand_over(CLERK, hall.key(), case, own)
    return case


# mission: C14 P8 C9
def test_the_volume_tells_who_decided_what_and_shows_the_pictures(hall: CaseworkHall, tmp_path: Path) -> None:
    vault = FilePictureVault(tmp_path / "pictures")
    pictures = Pictures(hall.store, hall.reference, vault, PillowPictureMaker(), None)
    case = decided(hall, pictures)
    (waits,) = hall.around.archiving.to_file(OVERSEER)
    assert (waits.case, waits.needed) == (case, 0)
    hall.around.archiving.archive(CLERK, hall.key(), case, "纸质原件已入卷")
    assert hall.around.archiving.to_file(OVERSEER) == ()

    reading = PaperReading(hall.papers, BundledPaperRenderer(FontFiles.bundled()))
    packaging = Packaging(hall.store, hall.around.archiving, reading, pictures)
    files = {file.name: file.data for file in packaging.files(case, ZH)}
    (picture,) = (name for name in files if name.startswith("pictures/"))
    assert files[picture].startswith(b"\xff\xd8")
    pages = page_texts(files["volume.pdf"])
    cover = "".join(pages[:2])
    assert all(words in cover for words in ("办理经过", "经办意见：拟准予", "核准意见：准予", "《"))
    names = hall.around.archiving.material_names(case)
    assert any(name in pages[-1] for name in names.values())  # the caption under the picture
    (tmp_path / "volume.pdf").write_bytes(files["volume.pdf"])

    acts = [json.loads(line) for line in files["acts.jsonl"].splitlines()]
    kinds = [act["type"] for act in acts]
    assert {"HandlingBegun", "ReviewFilled", "OpinionGiven", "StepEnded", "PartyRecorded"} <= set(kinds)
    assert kinds.count("OpinionGiven") == 3
    assert kinds.index("CaseAccepted") < kinds.index("OpinionGiven") < kinds.index("ResultHandedOver")
    assert all(one["texts"]["text"] for one in acts if one["type"] == "OpinionGiven")
    whole = "".join(pages).replace("\n", "")
    with hall.store.reading() as reader:
        item, _ = look(reader, hall.reference, case).needed_item()
    review = item.step("review")
    assert review is not None
    assert "审批表" in whole
    for question in review.review:
        assert question.text in whole
        assert question.phrases[0] in whole
    assert "转入办理" in whole

    hall.around.archiving.open_file(MANAGER, hall.key(), case, "补充材料")
    assert [one.case for one in hall.around.archiving.to_file(OVERSEER)] == [case]


# mission: P8
def test_no_paper_stands_in_the_contents_under_its_code() -> None:
    assert set(KINDS) >= set(PaperKind)
    assert all(ZH(KINDS[kind]) != KINDS[kind] for kind in PaperKind)
