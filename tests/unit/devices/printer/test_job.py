"""One job on a scripted line with its own clock: when it looks, where it asks, how it ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counter_app.devices.printer.job import Job, Patience, process_mark
from counter_app.devices.printer.profiles import CLONE_80, GENERIC_80
from counter_app.devices.printer.replies import ProcessDone
from counter_app.devices.printer.spans import borders
from counter_app.devices.printer.talk import Talk
from counter_app.devices.serial_line import LineLost, LineSettings, LineStopped
from counter_app.use_cases.ports.printing import PrinterProfile, PrintOutcome, Why
from tests.support.printers import gbk, raster

DATA = b"".join(gbk(f"{number} 行") + b"\n" for number in range(400)) + raster(72, 60)
MARK = process_mark(7)
COVER_OPEN = b"\x38\x00\x00\x0f"
ASK = b"\x10\x04\x02"


class ScriptedLine:
    """Each write takes `seconds_each`; `say` hears all that was written so far and gives the answer."""

    def __init__(self, say: Callable[[bytes], bytes], seconds_each: float = 0.1) -> None:
        self.settings = LineSettings("socket://nowhere:1")
        self.now = 0.0
        self.written = b""
        self.writes: list[bytes] = []
        self.stopping = False
        self._say = say
        self._each = seconds_each
        self._incoming = b""

    def clock(self) -> float:
        return self.now

    def write(self, data: bytes) -> None:
        self.now += self._each
        self.written += data
        self.writes.append(data)
        self._incoming += self._say(self.written)

    def read(self, count: int, deadline: float) -> bytes:
        if self.stopping:
            raise LineStopped
        heard, self._incoming = self._incoming[:count], self._incoming[count:]
        if not heard:
            self.now = max(self.now, deadline) + 0.001
        return heard

    def discard_input(self) -> None:
        self._incoming = b""

    def close(self) -> None:
        self.stopping = True


def nothing(written: bytes) -> bytes:
    return b""


def job(
    line: ScriptedLine,
    profile: PrinterProfile = GENERIC_80,
    closing_since: Callable[[], float | None] = lambda: None,
    data: bytes = DATA,
) -> Job:
    return Job(Talk(line), profile, Patience(), data=data, mark=MARK, closing_since=closing_since)


def once(when: Callable[[bytes], bool], answer: bytes) -> Callable[[bytes], bytes]:
    said = False

    def say(written: bytes) -> bytes:
        nonlocal said
        if said or not when(written):
            return b""
        said = True
        return answer

    return say


def test_questions_under_way_stand_only_between_commands() -> None:
    line = ScriptedLine(nothing, seconds_each=0.2)
    job(line).run(True, 15.0)
    asked, sent = [], 0
    for written in line.writes[1:]:  # behind GS a
        if written == ASK and sent < len(DATA):
            asked.append(sent)
        elif written != ASK:
            sent += len(written)
    assert len(asked) >= 3
    assert set(asked) <= set(borders(DATA))


def test_an_opened_cover_stops_the_sending_soon() -> None:
    line = ScriptedLine(once(lambda written: len(written) > 1000, COVER_OPEN))
    outcome = job(line).run(True, 15.0)
    assert (outcome.why, outcome.may_have_printed) == (Why.COVER_OPEN, True)
    assert 1000 < outcome.bytes_sent < 3500


def test_the_process_mark_is_the_proof() -> None:
    done = b"\x37\x22" + MARK + b"\x00"
    line = ScriptedLine(once(lambda written: written.endswith(MARK), done))
    assert job(line).run(True, 15.0) == PrintOutcome.printed(len(DATA))


def test_another_jobs_mark_is_none() -> None:
    other = b"\x37\x22" + process_mark(8) + b"\x00"
    assert ProcessDone(MARK) != ProcessDone(process_mark(8))
    line = ScriptedLine(once(lambda written: written.endswith(MARK), other))
    assert job(line).run(True, 15.0) == PrintOutcome.unconfirmed(len(DATA), Why.NO_ANSWER)


def test_a_status_that_says_paper_out_is_no_proof() -> None:
    line = ScriptedLine(once(lambda written: written.endswith(b"\x1dr\x01"), b"\x0f"))
    outcome = job(line, CLONE_80).run(True, 15.0)
    assert (outcome.why, outcome.bytes_sent) == (Why.PAPER_OUT, len(DATA))


@pytest.mark.parametrize(("late", "proved"), [(0, True), (1, False)])
def test_a_late_answer_is_not_taken_for_this_jobs_own(late: int, proved: bool) -> None:
    """One `GS r` answer comes; with an earlier one still owed it may be that one's."""
    line = ScriptedLine(once(lambda written: written.endswith(b"\x1dr\x01"), b"\x00"))
    talk = Talk(line, owed=late)
    paper = Job(talk, CLONE_80, Patience(), data=DATA, mark=MARK, closing_since=lambda: None)
    outcome = paper.run(True, 15.0)
    assert (outcome == PrintOutcome.printed(len(DATA))) is proved
    assert (outcome == PrintOutcome.unconfirmed(len(DATA), Why.NO_ANSWER)) is not proved


def test_settling_collects_late_answers_and_writes_off_lost_ones() -> None:
    def answer_each(written: bytes) -> bytes:
        return b"\x00" if written.endswith(b"\x1dr\x01") else b""

    line = ScriptedLine(answer_each)
    talk = Talk(line, owed=2)
    talk.settle()
    assert talk.owed == 0
    deaf = Talk(ScriptedLine(nothing), owed=1)
    deaf.settle()
    assert deaf.owed == 2


def test_silence_is_given_fifteen_seconds() -> None:
    line = ScriptedLine(nothing, seconds_each=0.0)
    assert job(line).run(True, 15.0) == PrintOutcome.unconfirmed(len(DATA), Why.NO_ANSWER)
    assert 15.0 <= line.now < 17.0


class BreakingLine(ScriptedLine):
    """Takes `good` writes, then raises."""

    def __init__(self, good: int, cause: Exception) -> None:
        super().__init__(nothing)
        self._good = good
        self._cause = cause

    def write(self, data: bytes) -> None:
        if len(self.writes) == self._good:
            raise LineLost(self.settings.url, "gone") from self._cause
        super().write(data)


@pytest.mark.parametrize(("cause", "why"), [(OSError(), Why.LINE_LOST), (TimeoutError(), Why.STALLED)])
@pytest.mark.parametrize("good", [1, 2, 5])
def test_a_line_that_breaks_in_mid_job_leaves_a_failed_paper(good: int, cause: Exception, why: Why) -> None:
    broken = job(BreakingLine(good, cause), CLONE_80, data=DATA)
    outcome = broken.run(True, 15.0)
    assert (outcome.why, outcome.may_have_printed) == (why, True)
    assert outcome.bytes_sent < len(DATA)
    assert not broken.clean


def test_a_line_that_breaks_before_the_job_has_printed_nothing() -> None:
    untouched = job(BreakingLine(0, OSError()))
    assert untouched.run(True, 15.0) == PrintOutcome.failed(Why.LINE_LOST)
    assert untouched.clean


def test_a_line_lost_after_the_last_byte_leaves_it_open() -> None:
    line = BreakingLine(2, OSError())
    assert job(line, data=b"x\n").run(True, 15.0) == PrintOutcome.unconfirmed(2, Why.LINE_LOST)


def test_a_closing_program_still_sends_a_job_that_is_nearly_done() -> None:
    line = ScriptedLine(nothing, seconds_each=0.01)
    line.stopping = True
    outcome = job(line, closing_since=lambda: 0.0).run(True, 15.0)
    assert outcome == PrintOutcome.unconfirmed(len(DATA), Why.STOPPED)


def test_a_closing_program_gives_up_a_long_one() -> None:
    line = ScriptedLine(nothing, seconds_each=1.0)
    line.stopping = True
    outcome = job(line, closing_since=lambda: 0.0).run(True, 15.0)
    assert outcome.why is Why.STOPPED
    assert 0 < outcome.bytes_sent < len(DATA)
