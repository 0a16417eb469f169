"""One print queue reached by IPP: CUPS on this machine (`cups://NAME`) or a network printer (`ipp://host/…`)."""

from __future__ import annotations

import getpass
import http.client
import itertools
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlsplit

from counter_app.devices.queue.errors import QueueAway, QueueRefused, QueueUrlBad
from counter_app.devices.queue.ipp import (
    Answer,
    AnswerDamaged,
    Group,
    JobPhase,
    Operation,
    Value,
    answer,
    request,
)
from counter_app.devices.queue.names import belongs
from counter_app.devices.queue.port import TakenOut
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.printing import PrinterState

PORT: Final = 631
ANSWER_SECONDS: Final = 8.0
MOST_BYTES: Final = 4 << 20  # of an answer: a queue with thousands of jobs has less
CUPS: Final = "cups"
BEGUN_AT: Final = "time-at-processing"
NO_VALUE: Final = (b"",)  # its time while nothing of the job was printed (RFC 8011, 5.3.14.2)
_NOT_FOUND: Final = 0x0406
# names of PWG 5101.1; the short edge comes first, also of a card that lies
MEDIA: Final = {"A4": "iso_a4_210x297mm", "A5": "iso_a5_148x210mm", "CR80": "iso_id-1_53.98x85.6mm"}
AS_IT_IS: Final = "none"  # of `print-scaling` (PWG 5100.13): offsets and codes are millimetres on paper
_IDLE_STATES: Final = (3, 4)
_REASONS: Final = (
    ("cover-open", PrinterState.COVER_OPEN),
    ("door-open", PrinterState.COVER_OPEN),
    ("media-empty", PrinterState.PAPER_OUT),
    ("media-needed", PrinterState.PAPER_OUT),
    ("cutter", PrinterState.CUTTER_ERROR),
    ("media-jam", PrinterState.OFFLINE),
    ("offline", PrinterState.OFFLINE),
    ("shutdown", PrinterState.OFFLINE),
    ("paused", PrinterState.OFFLINE),
    ("media-low", PrinterState.PAPER_NEAR_END),
)


class IppQueue:
    """Every call opens, asks and closes; raises QueueAway, QueueRefused, AnswerDamaged. For one thread."""

    def __init__(self, url: str, *, user: str = "", seconds: float = ANSWER_SECONDS) -> None:
        """Raises QueueUrlBad. `cups://NAME` is this machine's, `cups://host:port/NAME` another's."""
        self.url = url
        self._host, self._port, self._path = place(url)
        self._user = user or getpass.getuser()
        self._seconds = seconds
        self._numbers = itertools.count(1)

    def state(self) -> PrinterState:
        """What the queue says of its printer; a CUPS queue knows only what its printer told it."""
        wanted = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
        reply = self._ask(Operation.GET_PRINTER, (("requested-attributes", name) for name in wanted))
        return state_of(reply.groups[0]) if reply.groups else PrinterState.UNKNOWN

    def describe(self) -> str:
        """Maker and model, as the queue tells them."""
        reply = self._ask(Operation.GET_PRINTER, (("requested-attributes", "printer-make-and-model"),))
        return _text(reply.groups, "printer-make-and-model")

    def send(self, name: str, data: bytes, kind: str, *, size: str = "") -> int:
        """Hand a document over; the queue's number of the job."""
        attributes: list[tuple[str, Value]] = [("job-name", name), ("document-format", kind)]
        if size in MEDIA:
            attributes += [("media", MEDIA[size]), ("print-scaling", AS_IT_IS)]
        reply = self._ask(Operation.PRINT_JOB, attributes, data)
        number = reply.groups[0].get("job-id", ()) if reply.groups else ()
        if not number or not isinstance(number[0], int):
            raise AnswerDamaged
        return number[0]

    def phase(self, job: int) -> JobPhase:
        reply = self._ask(Operation.GET_JOB, (("job-id", job), ("requested-attributes", "job-state")))
        states = reply.groups[0].get("job-state", ()) if reply.groups else ()
        try:
            return JobPhase(int(states[0]))
        except (IndexError, ValueError):
            raise AnswerDamaged from None

    def cancel(self, job: int) -> TakenOut:
        """Whether it had begun is asked afterwards: before, it could begin in between."""
        try:
            self._ask(Operation.CANCEL_JOB, (("job-id", job),))
        except QueueRefused:
            return TakenOut.GONE
        try:
            asked = (("job-id", job), ("requested-attributes", BEGUN_AT))
            told = [
                group[BEGUN_AT] for group in self._ask(Operation.GET_JOB, asked).groups if BEGUN_AT in group
            ]
        except UserFacingError:
            return TakenOut.BEGUN
        return TakenOut.UNTOUCHED if told == [NO_VALUE] else TakenOut.BEGUN

    def waiting(self, wanted: str) -> tuple[int, ...]:
        """Our account's jobs of this name or owner that have not ended."""
        asked = (("my-jobs", True), ("which-jobs", "not-completed"), ("requested-attributes", "job-id"))
        reply = self._ask(Operation.GET_JOBS, (*asked, ("requested-attributes", "job-name")))
        ours = (group for group in reply.groups if belongs(next(iter(group.get("job-name", ())), ""), wanted))
        numbers = (group.get("job-id", ()) for group in ours)
        return tuple(found[0] for found in numbers if found and isinstance(found[0], int))

    def _ask(
        self, operation: Operation, attributes: Iterable[tuple[str, Value]], document: bytes = b""
    ) -> Answer:
        target = f"ipp://{self._host}:{self._port}{self._path}"
        asked = _target_first(target, self._user, attributes)
        number = next(self._numbers)
        body = request(operation, number, asked) + document
        reply = answer(_posted(self._host, self._port, self._path, body, self._seconds, self.url))
        if reply.number != number:
            raise AnswerDamaged
        if reply.status == _NOT_FOUND:
            raise QueueAway(self.url, taken=False)
        if not reply.good:
            raise QueueRefused(self.url, reply.status)
        return reply


def cups_queues(
    host: str = "localhost", port: int = PORT, seconds: float = 2.0
) -> tuple[tuple[str, str], ...]:
    """Name and model of each queue of a CUPS; none where no CUPS runs."""
    wanted = (("requested-attributes", "printer-name"), ("requested-attributes", "printer-make-and-model"))
    body = request(Operation.CUPS_GET_PRINTERS, 1, wanted)
    try:
        reply = answer(_posted(host, port, "/", body, seconds, CUPS))
    except (QueueAway, AnswerDamaged):
        return ()
    names = ((_text((group,), "printer-name"), group) for group in reply.groups)
    return tuple((name, _text((group,), "printer-make-and-model")) for name, group in names if name)


def place(url: str) -> tuple[str, int, str]:
    """Host, port and path of a queue. Raises QueueUrlBad."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORT
    except ValueError:
        raise QueueUrlBad(url) from None
    if parts.scheme == CUPS:
        named = parts.path.strip("/")
        host, name = (parts.hostname or "", named) if named else ("localhost", parts.netloc)
        if not name or "/" in name:
            raise QueueUrlBad(url)
        return host, port if named else PORT, f"/printers/{quote(name)}"
    if parts.scheme == "ipp" and parts.hostname:
        return parts.hostname, port, parts.path or "/ipp/print"
    raise QueueUrlBad(url)


def state_of(printer: Group) -> PrinterState:
    """The worst reason that holds; a stopped queue without one is off line."""
    reasons = [str(reason) for reason in printer.get("printer-state-reasons", ())]
    for word, state in _REASONS:
        if any(reason.startswith(word) for reason in reasons):
            return state
    accepting = printer.get("printer-is-accepting-jobs", (True,))[0]
    stopped = printer.get("printer-state", (3,))[0] not in _IDLE_STATES
    return PrinterState.OFFLINE if stopped or not accepting else PrinterState.READY


def _target_first(
    target: str, user: str, attributes: Iterable[tuple[str, Value]]
) -> tuple[tuple[str, Value], ...]:
    """The target stands together: a job's number right after the printer's address (RFC 8011)."""
    given = tuple(attributes)
    ids = (one for one in given if one[0] == "job-id")
    others = (one for one in given if one[0] != "job-id")
    return (("printer-uri", target), *ids, ("requesting-user-name", user), *others)


def _posted(host: str, port: int, path: str, body: bytes, seconds: float, url: str) -> bytes:
    line = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        line.connect()
    except OSError as error:
        raise QueueAway(url, taken=False) from error
    try:
        line.request("POST", path, body, {"Content-Type": "application/ipp"})
        reply = line.getresponse()
        data = reply.read(MOST_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise QueueAway(url) from error
    finally:
        line.close()
    if reply.status != http.client.OK:
        raise QueueAway(url, taken=not 400 <= reply.status < 500)
    return data


def _text(groups: Iterable[Group], name: str) -> str:
    return next((str(group[name][0]) for group in groups if group.get(name)), "")
