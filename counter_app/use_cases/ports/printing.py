"""The port to receipt printers: what a driver is asked, and the honest answers it gives.

A driver takes finished bytes; what is on the paper, retries and the words 补打 are not its business
(design §3). The three ends of a job are told apart here once, because a wrong "printed" loses a
citizen's paper and a wrong "failed" doubles it (mission: M1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol, Self

from counter_app.errors import mark
from counter_app.use_cases.ports.logo import Logo


class PrinterState(StrEnum):
    """What the printer says of itself, the worst first where several hold."""

    READY = "ready"
    PAPER_NEAR_END = "paper_near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    RIBBON_LOW = "ribbon_low"  # this and the next five: printers of cards
    RIBBON_OUT = "ribbon_out"
    CARDS_LOW = "cards_low"
    CARDS_OUT = "cards_out"
    JAMMED = "jammed"
    TRAY_FULL = "tray_full"
    OFFLINE = "offline"
    SILENT = "silent"  # the line is open and nothing answers: never read as "ready"
    ABSENT = "absent"  # the line itself cannot be opened or was lost
    UNKNOWN = "unknown"  # a printer that cannot be asked
    FILED = "filed"  # no printer: what is sent to it is kept as a file

    @property
    def can_print(self) -> bool:
        """Whether a job is worth starting. A silent printer may be one that never answers."""
        return self in _CAN_PRINT

    @property
    def message(self) -> str:
        """English source of what a clerk is told, with what to do."""
        return _STATE_MESSAGES[self]

    @property
    def word(self) -> str:
        """English source of the word beside its dot; empty where there is nothing to say."""
        return _STATE_WORDS.get(self, "")


_STATE_WORDS: Final = {
    PrinterState.PAPER_NEAR_END: mark("paper nearly used up"),
    PrinterState.PAPER_OUT: mark("out of paper"),
    PrinterState.COVER_OPEN: mark("cover open"),
    PrinterState.CUTTER_ERROR: mark("cutter stuck"),
    PrinterState.RIBBON_LOW: mark("ribbon nearly used up"),
    PrinterState.RIBBON_OUT: mark("no ribbon"),
    PrinterState.CARDS_LOW: mark("cards nearly used up"),
    PrinterState.CARDS_OUT: mark("out of cards"),
    PrinterState.JAMMED: mark("a card is stuck"),
    PrinterState.TRAY_FULL: mark("tray full"),
    PrinterState.OFFLINE: mark("off line"),
    PrinterState.SILENT: mark("no answer"),
    PrinterState.ABSENT: mark("not reached"),
    PrinterState.FILED: mark("into files, not on paper"),
}
_CAN_PRINT: Final = frozenset(
    {
        PrinterState.READY,
        PrinterState.PAPER_NEAR_END,
        PrinterState.RIBBON_LOW,
        PrinterState.CARDS_LOW,
        PrinterState.SILENT,
        PrinterState.UNKNOWN,
        PrinterState.FILED,
    }
)
_STATE_MESSAGES: Final = {
    PrinterState.READY: mark("The printer is ready."),
    PrinterState.PAPER_NEAR_END: mark("The paper roll is nearly used up: have a new one at hand."),
    PrinterState.PAPER_OUT: mark("The printer is out of paper: put in a new roll."),
    PrinterState.COVER_OPEN: mark("The printer's cover is open: close it."),
    PrinterState.CUTTER_ERROR: mark("The printer's cutter is stuck: open the cover and free it."),
    PrinterState.RIBBON_LOW: mark("The ribbon is nearly used up: have a new one at hand."),
    PrinterState.RIBBON_OUT: mark("The ribbon is used up, missing or of a wrong kind: put in a new one."),
    PrinterState.CARDS_LOW: mark("The cards in the feeder are nearly used up."),
    PrinterState.CARDS_OUT: mark("There are no cards in the feeder: put some in."),
    PrinterState.JAMMED: mark("A card is stuck in the printer: open the cover and take it out."),
    PrinterState.TRAY_FULL: mark("The tray of the card printer is full: empty it."),
    PrinterState.OFFLINE: mark("The printer is off line: look at its lights."),
    PrinterState.SILENT: mark("The printer does not answer: is it switched on?"),
    PrinterState.ABSENT: mark("The printer cannot be reached: check its cable."),
    PrinterState.UNKNOWN: mark("The printer cannot be asked for its state."),
    PrinterState.FILED: mark("It writes papers into files: nothing comes out on paper."),
}


class PrintEnd(StrEnum):
    """How a job ended (design §3)."""

    PRINTED = "printed"
    SENT_UNCONFIRMED = "sent_unconfirmed"
    FAILED = "failed"


class Why(StrEnum):
    """Why a job failed or stayed unconfirmed. Stable codes, kept with the job."""

    NONE = ""
    PAPER_OUT = "printer.paper-out"
    COVER_OPEN = "printer.cover-open"
    CUTTER_ERROR = "printer.cutter-error"
    RIBBON_OUT = "printer.ribbon-out"
    CARDS_OUT = "printer.cards-out"
    JAMMED = "printer.jammed"
    TRAY_FULL = "printer.tray-full"
    ONE_SIDED = "printer.one-sided"
    OFFLINE = "printer.offline"
    SILENT = "printer.silent"
    ABSENT = "printer.absent"
    BUSY = "printer.busy"  # another program has the port open
    LINE_LOST = "printer.line-lost"  # the line died with the job under way
    STALLED = "printer.stalled"  # the printer took no more bytes for too long
    STOPPED = "printer.stopped"  # the program is closing
    NO_ANSWER = "printer.no-answer"  # all was sent, the end was not confirmed in time
    NOT_ASKED = "printer.not-asked"  # the caller or the kind of printer wants no confirmation
    FILE_REFUSED = "printer.file-refused"
    FILED = "printer.filed"  # kept as a file: no paper, whatever became of the file
    SPOOLED = "printer.spooled"  # a print queue took it and says it is done; a queue is not paper

    @property
    def message(self) -> str:
        """English source for a person; empty for `NONE`."""
        return _WHY_MESSAGES[self]


_WHY_MESSAGES: Final = {
    Why.NONE: "",
    Why.PAPER_OUT: _STATE_MESSAGES[PrinterState.PAPER_OUT],
    Why.COVER_OPEN: _STATE_MESSAGES[PrinterState.COVER_OPEN],
    Why.CUTTER_ERROR: _STATE_MESSAGES[PrinterState.CUTTER_ERROR],
    Why.RIBBON_OUT: _STATE_MESSAGES[PrinterState.RIBBON_OUT],
    Why.CARDS_OUT: _STATE_MESSAGES[PrinterState.CARDS_OUT],
    Why.JAMMED: _STATE_MESSAGES[PrinterState.JAMMED],
    Why.TRAY_FULL: _STATE_MESSAGES[PrinterState.TRAY_FULL],
    Why.ONE_SIDED: mark("This printer prints one side of a card: set its option sides to front or back."),
    Why.OFFLINE: _STATE_MESSAGES[PrinterState.OFFLINE],
    Why.SILENT: _STATE_MESSAGES[PrinterState.SILENT],
    Why.ABSENT: _STATE_MESSAGES[PrinterState.ABSENT],
    Why.BUSY: mark("The printer is in use by another program."),
    Why.LINE_LOST: mark("The line to the printer was lost in mid-paper: look what came out."),
    Why.STALLED: mark("The printer stopped taking data in mid-paper: look what came out."),
    Why.STOPPED: mark("The program was closed before the paper was finished."),
    Why.NO_ANSWER: mark("Everything was sent; the printer did not confirm it: look what came out."),
    Why.NOT_ASKED: mark("Everything was sent; this printer cannot confirm it."),
    Why.FILE_REFUSED: mark("The paper could not be written to its file."),
    Why.FILED: mark("It was written to a file, not on paper."),
    Why.SPOOLED: mark("The system's print queue took it; whether it is on paper the queue cannot tell."),
}


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """The end of one try. `bytes_sent` counts the job's own bytes handed to the line.

    `may_have_printed` is False only where it is certain that no dot of the job is on paper: such a
    job can be tried again without asking anybody.
    """

    end: PrintEnd
    why: Why = Why.NONE
    bytes_sent: int = 0
    may_have_printed: bool = False

    @classmethod
    def printed(cls, bytes_sent: int) -> Self:
        return cls(PrintEnd.PRINTED, Why.NONE, bytes_sent, True)

    @classmethod
    def unconfirmed(cls, bytes_sent: int, why: Why) -> Self:
        return cls(PrintEnd.SENT_UNCONFIRMED, why, bytes_sent, True)

    @classmethod
    def failed(cls, why: Why, bytes_sent: int = 0, *, may_have_printed: bool = False) -> Self:
        return cls(PrintEnd.FAILED, why, bytes_sent, may_have_printed)


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """What one kind of printer can do: read by the encoder and by the driver.

    `width_dots` is the printable width at 8 dots/mm, `columns` the same in half-width characters.
    """

    name: str
    width_dots: int
    columns: int
    chinese_rom: bool = True  # prints GBK text itself; else every line with Chinese is a raster
    swapped_chinese_size: bool = False  # a clone with width and height exchanged in `FS !`
    cutter: bool = True
    drawer: bool = True
    drawer_pin: bool = False  # `DLE EOT 1` tells the level of the drawer's switch
    native_qr: bool = True
    status: bool = True  # answers `DLE EOT` and `GS r`; False: never asked
    automatic_status: bool = True  # `GS a`
    process_id: bool = True  # `GS ( H`; a printer that does not know it skips it by its length
    nv_logo: str = ""  # keeps a logo when switched off: "gs" (`GS ( L`), "fs" (`FS q`)
    logo: Logo | None = None  # over each of its papers
    clear_buffer: bool = False  # `DLE DC4 8`, Epson only: drops what is not printed yet


class SheetPrinter(Protocol):
    """A printer for A4 and A5 sheets. Calls block: never on a window's thread."""

    def print_sheet(self, name: str, pdf: bytes, size: str, order: str = "") -> PrintOutcome:
        """Print one PDF. `name` is shown in the system's queue: a paper's number, no person. `order` tells
        this print from others of the same paper."""
        ...

    def take_out(self, name: str, order: str) -> PrintOutcome | None:
        """The process that printed this order died: take out what waits of it. How that print ended; None
        while the queue cannot be asked or does not let it go."""
        ...

    def state(self) -> PrinterState: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """A card ready to print, drawn when asked: a PDF of both sides, or each side as BMP, 1016 × 648 dots."""

    pdf: Callable[[], bytes]
    faces: Callable[[], tuple[bytes, ...]]


class CardPrinter(Protocol):
    """A printer of plastic cards. Calls block, up to minutes: never on a window's thread."""

    def print_card(self, name: str, card: DrawnCard, order: str = "") -> PrintOutcome:
        """Print one card, once. `name` is its number, no person; `order` tells this print from others of it.
        UserFacingError if it cannot be driven."""
        ...

    def take_out(self, name: str, order: str) -> PrintOutcome | None:
        """See `SheetPrinter.take_out`."""
        ...

    def state(self) -> PrinterState: ...

    def close(self) -> None: ...


class ReceiptPrinter(Protocol):
    """One printer on one line. Calls block, come from one lane, and never raise for device trouble."""

    def print_job(self, job_id: int, data: bytes, confirm: bool = True) -> PrintOutcome:
        """Print one paper (`data` ends with its cut). `job_id` stays the same through all tries."""
        ...

    def interrupted(self, data: bytes) -> None:
        """Tell that this job was under way when an earlier process died: it is flushed first.

        Before anything else is asked of this printer: a question could end up inside the broken job.
        """
        ...

    def state(self) -> PrinterState:
        """Ask the printer; at most a few seconds."""
        ...

    def close(self) -> None:
        """Let go of the line. From any thread; a running `print_job` ends soon with `Why.STOPPED`."""
        ...
