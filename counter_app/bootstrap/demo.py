"""The demo hall: a training home, simulated devices, and a window for each workspace."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from counter_app.bootstrap.demo_beside import Beside, simulated_beside
from counter_app.bootstrap.demo_home import make_demo, simulated_peripherals
from counter_app.domain.identity.document import SEX_NAMES, TYPE_NAMES
from counter_app.home import Home
from counter_app.i18n import Translator
from counter_app.peripherals import Peripherals
from counter_app.simulators.id_card.serve import ReaderServing, RunningReader
from counter_app.simulators.id_card.tray import Citizen
from counter_app.simulators.printer.serving import WIDTHS, PrinterServing, RunningPrinter
from counter_app.simulators.scanner.serve import RunningScanner, ScannerServing
from counter_app.ui.application import Shell, application, end_on_signal, run_shell
from counter_app.ui.theme.look import Look
from counter_app.ui.training.controls import TrayCard
from counter_app.ui.training.window import TrainingWindow, build_training_window

ANY_PORT: Final = "127.0.0.1:0"
WINDOWS: Final = (("display",), ("kiosk",), ("counter", "--counter", "3"), ("desk",))
STOP_SECONDS: Final = 5.0


@dataclass(frozen=True)
class SimulatedDevices:
    """The devices of a training home, running in this process."""

    home: Home
    reader: RunningReader
    kiosk_reader: RunningReader
    printer: RunningPrinter
    scanner: RunningScanner
    beside: Beside

    @property
    def papers(self) -> Path:
        return self.home.path / "simulated-papers"


@contextmanager
def simulated_devices(home: Home, width: int = 80, pace: float = 1.0) -> Iterator[SimulatedDevices]:
    """Serve two readers, a printer, a scanner and what hangs beside them on free local ports; the home's
    description names them.

    `pace` scales the reader's own delays, `width` is the paper's in millimetres.
    """
    with ExitStack() as stack:
        reader, kiosk_reader = (RunningReader(ReaderServing(tcp=ANY_PORT, pace=pace)) for _ in range(2))
        stack.callback(reader.stop)
        stack.callback(kiosk_reader.stop)
        papers = home.path / "simulated-papers"
        printer = RunningPrinter(PrinterServing(tcp=ANY_PORT, width=WIDTHS[width], papers=papers))
        stack.callback(printer.stop)
        scanner = RunningScanner(ScannerServing(tcp=ANY_PORT, documents=True))
        stack.callback(scanner.stop)
        beside = stack.enter_context(simulated_beside(home))
        declared = simulated_peripherals(
            printer=printer.url,
            printer_width=width,
            reader=reader.url,
            kiosk_reader=kiosk_reader.url,
            scanner=scanner.url,
        )
        described = replace(home, peripherals=Peripherals((*declared, *beside.declared)))
        described.save()
        yield SimulatedDevices(described, reader, kiosk_reader, printer, scanner, beside)


def run_demo(path: Path) -> int:
    """Open counter, kiosk, display, a desk and the training table; ends when the table is closed."""
    home = make_demo(path)
    t = Translator()
    application()
    end_on_signal()
    with simulated_devices(home) as devices, ExitStack() as stack:
        for words in WINDOWS:
            command = [sys.executable, "-m", "counter_app", *words, "--home", str(home.path)]
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
            stack.callback(_end, process)
        shell = Shell(t("Training table"), t)
        shell.resize(1500, 900)
        return run_shell(shell, lambda: devices, lambda ready: _training_table(ready, t), lambda _: None)


def bench_of(devices: SimulatedDevices, role: str, look: Look, t: Translator) -> TrainingWindow:
    """The tray and the papers of one machine of a training hall, a counter's or a kiosk's."""
    cards = tuple(_card(citizen, t) for citizen in devices.reader.tray)
    reader = devices.kiosk_reader if role == "kiosk" else devices.reader
    trays = ((t("Reader"), _Lines(reader.control.run)),)
    printer = _Lines(devices.printer.control.run)
    scanner = None if role == "kiosk" else _Lines(devices.scanner.control.run)
    return build_training_window(devices.papers, printer, cards, trays, look, t, scanner)


def _training_table(devices: SimulatedDevices, t: Translator) -> TrainingWindow:
    cards = tuple(_card(citizen, t) for citizen in devices.reader.tray)
    trays = (
        (t("Reader at the counter"), _Lines(devices.reader.control.run)),
        (t("Reader at the kiosk"), _Lines(devices.kiosk_reader.control.run)),
    )
    printer = _Lines(devices.printer.control.run)
    scanner = _Lines(devices.scanner.control.run)
    return build_training_window(devices.papers, printer, cards, trays, Look(), t, scanner)


def _card(citizen: Citizen, t: Translator) -> TrayCard:
    document = citizen.document
    return TrayCard(
        key=citizen.key,
        name=document.name,
        sex=t(SEX_NAMES[document.sex]),
        birth=document.birth,
        number=document.number,
        kind=t(TYPE_NAMES[document.kind]),
        address=document.current_address,
        about=citizen.about,
    )


@dataclass(frozen=True)
class _Lines:
    """A simulator's control: one line in, its answer's lines joined."""

    run: Callable[[str], tuple[str, ...]]

    def command(self, text: str) -> str:
        return "\n".join(self.run(text))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
