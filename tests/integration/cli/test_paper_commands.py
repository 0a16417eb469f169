"""Papers by command: genuine or not, printed again, jobs that ended badly, files (mission: P7, P10, M1)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from counter_app.domain.journal import Actor, Fact
from counter_app.domain.paper.jobs import PrintEnded, PrintStarted
from counter_app.domain.paper.statement import read, to_text
from counter_app.keys.signing import DeviceKey
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.program import Program
from tests.integration.cli.conftest import Commands


def qr_of(app: Commands, number: str) -> str:
    """What the paper's QR says, from the stored facts."""
    with app.program() as program:
        with program.store.reading() as reader:
            paper = reader.papers.by_number(number)
        assert paper is not None
        return program.papers.facts(paper.id)[1].head.qr_text


def ended(app: Commands, job: str, state: str) -> None:
    """As the keeper leaves a job behind."""
    facts: tuple[Fact, ...] = (PrintStarted(job=job), PrintEnded(job=job, state=state, why="printer.silent"))
    with app.program() as program:
        for fact in facts:
            _record(program, fact)


def _record(program: Program, fact: Fact) -> None:
    def work(tx: Transaction) -> None:
        tx.record(fact)

    program.store.act(Actor("keeper"), "", work)


def text_of(file: Path) -> str:
    with pypdfium2.PdfDocument(file.read_bytes()) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.fixture
def paper(app: Commands) -> str:
    number: str = app.accepted()["papers"][0]
    return number


# mission: P10
def test_a_genuine_paper_is_known_where_it_was_issued(app: Commands, paper: str) -> None:
    text = qr_of(app, paper)
    told = app.json("paper", "verify", text)
    assert (told["result"], told["paper"]["number"], told["stage"]) == ("genuine", paper, "accepted")
    assert (told["statement"]["masked_name"], told["anchored"]) == ("张*", True)


# mission: P10
def test_elsewhere_its_state_is_unknown(app: Commands, paper: str, prepared: Path, tmp_path: Path) -> None:
    other = Commands(Path(shutil.copytree(prepared, tmp_path / "other")))
    answer = other("paper", "verify", qr_of(app, paper))
    assert answer.code == 0
    assert "状态" in answer.out
    assert other.json("paper", "verify", qr_of(app, paper))["paper"] is None


# mission: P10
def test_forged_foreign_and_unreadable_papers_end_in_one(app: Commands, paper: str) -> None:
    text = qr_of(app, paper)
    statement, _, _ = read(text)
    forged = to_text(statement, lambda data: bytes(64))
    stranger = DeviceKey(bytes(range(32)))
    foreign = to_text(_signed_by(statement, stranger.key_id), stranger.sign)
    for wrong, result in ((forged, "forged"), (foreign, "unknown_key"), ("GSH1:?", "unreadable")):
        answer = app("paper", "verify", wrong, "--json")
        assert (answer.code, answer.json["result"]) == (1, result)
        assert answer.json["message"]
        assert app("paper", "verify", wrong).out


def _signed_by(statement: Any, key_id: str) -> Any:
    return type(statement)(
        **{name: getattr(statement, name) for name in statement.__slots__} | {"key_id": key_id}
    )


def test_jobs_that_ended_badly_are_settled_by_command(app: Commands, paper: str) -> None:
    job = app.json("paper", "list", "--counter", "3")[0]["job"]
    assert app.refused("paper", "retry", job) == "job.settled"
    ended(app, job, "failed")
    assert app.json("paper", "list", "--unsettled")[0]["state"] == "failed"
    assert app.json("paper", "retry", job)["state"] == "queued"
    ended(app, job, "sent_unconfirmed")
    assert app.json("paper", "confirm", job, "--printed", "no")["state"] == "failed"
    app.json("paper", "retry", job)
    ended(app, job, "sent_unconfirmed")
    assert app.json("paper", "confirm", job, "--printed", "yes")["state"] == "printed"
    assert app.json("paper", "list", "--unsettled") == []
    assert app.refused("paper", "confirm", job, "--printed", "yes") == "job.settled"
    assert app.refused("paper", "drop", "9.9.9", "--reason", "x") == "job.unknown"


def test_a_reprint_counts_and_goes_where_the_paper_was_issued(app: Commands, paper: str) -> None:
    again = app.json("paper", "reprint", paper, "--reason", "丢失")
    assert again["count"] == 2
    row = app.json("paper", "list", "--most", 1)[0]
    assert (row["job"], row["place"], row["count"]) == (again["job"], "3", 2)
    assert app.json("paper", "reprint", paper, "--reason", "丢失", "--counter", "5")["count"] == 3
    assert app.refused("paper", "reprint", paper, "--reason", " ") == "paper.reason-needed"
    assert app.refused("paper", "reprint", "没有", "--reason", "丢失") == "paper.unknown"


def test_a_paper_becomes_a_file(app: Commands, paper: str, tmp_path: Path) -> None:
    for size in ("A4", "A5"):
        file = tmp_path / f"{size}.pdf"
        assert app.json("paper", "pdf", paper, "--out", file, "--size", size)["file"] == str(file)
        assert "张伟" in text_of(file)
    (tmp_path / "file").write_text("")
    assert app.refused("paper", "pdf", paper, "--out", tmp_path / "file" / "a.pdf") == "file.cannot-write"
    assert app.json("paper", "list", "--most", 1)[0]["count"] == 1


# mission: P7
def test_a_guide_is_a_slip_or_a_file(app: Commands, tmp_path: Path) -> None:
    file = tmp_path / "guide.pdf"
    app.json("paper", "guide", "0603", "--answer", "married=yes", "--out", file)
    assert "流动人口婚育证明" in text_of(file)
    assert app.json("paper", "list") == []
    slip = app.json("paper", "guide", "0603", "--counter", "2")["number"]
    assert [(row["number"], row["place"]) for row in app.json("paper", "list")] == [(slip, "2")]
    assert app.refused("paper", "guide", "0603", "--answer", "married=perhaps") == "question.not-an-answer"
    assert app.refused("paper", "guide", "0603", "--answer", "rain=yes") == "question.unknown"
    assert app.refused("paper", "guide", "9999") == "catalogue.unknown-item"


# mission: M3 P12
def test_who_signed_is_told_and_another_pad_s_strokes_are_taken(
    app: Commands, paper: str, tmp_path: Path
) -> None:
    nobody = app("paper", "signature", paper, "--json")
    assert (nobody.code, nobody.json["signatures"]) == (1, [])
    file = tmp_path / "strokes.json"
    file.write_text('{"width": 900, "height": 300, "lines": [[[10, 20, 500], [800, 250, 700]]]}')
    (signed,) = app.json("paper", "signature", paper, "--strokes", file)["signatures"]
    assert (signed["role"], signed["fit"], signed["drawn"]) == ("applicant", "fits", True)
    assert app.refused("paper", "signature", paper, "--strokes", file) == "signature.twice"
    assert app.refused("paper", "signature", paper, "--strokes", tmp_path / "none") == "file.cannot-read"
    file.write_text("{}")
    assert app.refused("paper", "signature", paper, "--strokes", file) == "signature.unreadable"
    assert len(app.json("paper", "signature", paper)["signatures"]) == 1
