"""The page of the peripherals by keyboard: a stand-in, calibration, converters, finding (M1, M4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.devices.id_card.peripheral import IdReaderDriver
from counter_app.devices.printer.peripheral import ReceiptPrinterDriver
from counter_app.devices.queue.cards import CardPrinterDriver
from counter_app.devices.scanner.peripheral import TextDriver
from counter_app.home import Home, open_home
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral, Peripherals, Setting
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.line import tcp_line
from counter_app.ui.widgets.question import Question
from counter_app.use_cases.peripherals.desk import Hands, PeripheralDesk
from counter_app.use_cases.ports.peripherals import Found, PeripheralDriver
from counter_app.use_cases.ports.printing import DrawnCard
from tests.ui.counter.station import Station, more

Opened = Callable[..., "Page"]


class PortsThere(TextDriver):
    """A scanner's driver on a machine with these ports."""

    def __init__(self, kind: Kind, ports: tuple[str, ...]) -> None:
        super().__init__(kind)
        self._ports = ports

    def find(self) -> tuple[Found, ...]:
        return tuple(Found(self.kind, port, "socket on the board") for port in self._ports)


class Page:
    """A counter with this home's page open."""

    def __init__(self, folder: Path, *declared: Peripheral, training: bool, ports: tuple[str, ...]) -> None:
        self.home = Home(folder / "home", "H", "3", training=training, peripherals=Peripherals(declared))
        self.home.save()
        self.home.make_folders()
        self.station = Station(folder, Translator("en"))
        drivers: dict[Kind, PeripheralDriver] = {
            Kind.PRINTER: ReceiptPrinterDriver(lambda peripheral, profile: b""),
            Kind.CARD_PRINTER: CardPrinterDriver(lambda card: DrawnCard(lambda: b"", tuple)),
            Kind.ID_READER: IdReaderDriver(),
            Kind.SCANNER: PortsThere(Kind.SCANNER, ports),
            Kind.MRZ_READER: PortsThere(Kind.MRZ_READER, ports[:1]),
        }
        hands = Hands("counter", lambda: False, self.station.deps.new_key)
        desk = PeripheralDesk(self.home, self.station.hall.store, lambda: drivers, hands)
        self.station.window.desk.deps = replace(self.station.window.desk.deps, peripherals=desk)
        self.station.show()
        self.station.log_in()
        more(self.station, "peripherals")

    def press(self, key: Qt.Key) -> None:
        """On the page."""
        QTest.keyClick(self.station.window.panels.peripherals._table, key)
        self.station.settle()

    def answer(self, *keys: str) -> None:
        for key in keys:
            self.station.type(key)

    def write(self, text: str) -> None:
        """In place of what stands in the question's line."""
        self.station.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.station.press(Qt.Key.Key_Delete)
        self.station.type(text)
        self.station.press(Qt.Key.Key_Return)

    @property
    def question(self) -> Question:
        found = self.station.window.panels.chooser.question
        assert found is not None
        return found

    @property
    def told(self) -> str:
        return self.station.window.panels.peripherals._told.text()

    def declared(self, name: str) -> Peripheral:
        found = open_home(self.home.path).peripherals.named(name)
        assert found is not None
        return found


@pytest.fixture
def opened(tmp_path: Path, qapp: QApplication) -> Iterator[Opened]:
    pages: list[Page] = []

    def made(*declared: Peripheral, training: bool = True, ports: tuple[str, ...] = ()) -> Page:
        pages.append(Page(tmp_path, *declared, training=training, ports=ports))
        return pages[-1]

    yield made
    for page in pages:
        page.station.close()


def test_a_second_printer_becomes_a_stand_in_and_works_itself_again(opened: Opened) -> None:
    page = opened(
        Peripheral(Kind.PRINTER, "spare", "tcp://127.0.0.1:1"),
        Peripheral(Kind.PRINTER, "roll", "tcp://127.0.0.1:2"),
        Peripheral(Kind.SCANNER, "gun", "socket://127.0.0.1:3"),
    )
    page.press(Qt.Key.Key_Return)
    page.answer("9")
    assert [choice.words for choice in page.question.choices] == ["none: it works itself", "roll"]
    page.answer("2")
    assert page.declared("spare").stands_in_for == "roll"
    assert page.told == "In force at once."
    page.press(Qt.Key.Key_Return)
    page.answer("9")
    assert page.question.chosen == "roll"
    page.answer("1")
    assert page.declared("spare").stands_in_for == ""


def test_only_printers_may_stand_in(opened: Opened) -> None:
    page = opened(Peripheral(Kind.SCANNER, "gun", "socket://127.0.0.1:3"))
    page.press(Qt.Key.Key_Return)
    page.answer("9")
    assert [choice.enabled for choice in page.question.choices if choice.id == "stand_in"] == [False]


def test_whose_printer_is_taken_out_works_itself(opened: Opened) -> None:
    page = opened(
        Peripheral(Kind.PRINTER, "roll", "tcp://127.0.0.1:1"),
        Peripheral(Kind.PRINTER, "spare", "tcp://127.0.0.1:2", stands_in_for="roll"),
    )
    page.press(Qt.Key.Key_Return)
    page.answer("7")
    assert page.declared("spare").stands_in_for == ""


def test_calibrating_begins_with_what_is_set(opened: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    page = opened(
        Peripheral(Kind.CARD_PRINTER, "cards", f"{folder.as_uri()}/", options={"right": 0.6}),
    )
    page.press(Qt.Key.Key_Return)
    page.answer("5")
    assert any("right = 0.6" in choice.words for choice in page.question.choices)
    right = next(choice.key for choice in page.question.choices if "right" in choice.words)
    page.answer(right)
    assert page.question.text == "0.6"
    page.station.press(Qt.Key.Key_Return)
    assert page.declared("cards").options["right"] == 0.6
    page.press(Qt.Key.Key_Return)
    page.answer("5", right)
    page.write("-0.4")
    assert page.declared("cards").options["right"] == -0.4
    page.press(Qt.Key.Key_Return)
    page.answer("5", right)
    page.write("left")
    assert "Write a number, such as 0.0." in page.station.notice
    assert page.declared("cards").options["right"] == -0.4
    page.press(Qt.Key.Key_Return)
    page.answer("5", right)
    page.station.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    given = QInputMethodEvent()
    given.setCommitString("１。２")
    QApplication.sendEvent(page.station.focus, given)
    page.station.press(Qt.Key.Key_Return)
    assert page.declared("cards").options["right"] == 1.2


def test_a_switch_is_chosen_and_a_text_may_be_emptied(opened: Opened) -> None:
    options: dict[str, Setting] = {"fastest": True, "photo_decoder": "/opt/wlt"}
    page = opened(Peripheral(Kind.ID_READER, "reader", "socket://127.0.0.1:1", options=options))
    page.press(Qt.Key.Key_Return)
    page.answer("5", "3")
    assert page.question.chosen == "true"
    page.answer("2")
    assert page.declared("reader").options["fastest"] is False
    assert page.told == "Set. In force when the window that works with it is opened again."
    page.press(Qt.Key.Key_Return)
    page.answer("5", "2")
    assert page.question.text == "/opt/wlt"
    page.write("")
    assert "photo_decoder" not in page.declared("reader").options


def test_a_converter_on_this_machine_is_declared_by_keys_in_a_real_home(opened: Opened) -> None:
    page = opened(training=False)
    page.press(Qt.Key.Key_A)
    scanner = next(choice.key for choice in page.question.choices if choice.words == "Code scanner")
    page.answer(scanner)
    page.write("socket://localhost:1")
    page.write("gun")
    assert page.question.title == "socket://localhost:1 is an address of this machine itself."
    page.answer("1")
    assert page.declared("gun").options == {"bridge": True}
    page.press(Qt.Key.Key_Return)
    page.answer("2")
    page.write("socket://127.0.0.1:2")
    page.answer("2")  # change nothing
    assert page.declared("gun").url == "socket://localhost:1"
    page.press(Qt.Key.Key_Return)
    page.answer("B", "2")
    assert page.station.window.panels.notice.current is not None
    assert page.station.window.panels.notice.current.code == "peripheral.simulated"
    assert page.declared("gun").options == {"bridge": True}


def test_a_refused_entry_is_mended_by_saying_that_a_converter_is_there(opened: Opened) -> None:
    page = opened(Peripheral(Kind.SCANNER, "gun", "socket://127.0.0.1:1"), training=False)
    assert page.station.window.panels.peripherals.peripherals.rows[0].words == "simulator, refused"
    page.press(Qt.Key.Key_Return)
    page.answer("B", "1")
    assert page.declared("gun").options == {"bridge": True}


def test_a_simulator_is_not_declared_as_a_converter(opened: Opened) -> None:
    with tcp_line(SimulatedReader(pace=0)) as cable:
        page = opened(training=False)
        page.press(Qt.Key.Key_A)
        page.answer(next(choice.key for choice in page.question.choices if "ID-card" in choice.words))
        page.write(cable.url)
        page.write("reader")
        page.answer("1")
        assert page.station.window.panels.notice.current is not None
        assert page.station.window.panels.notice.current.code == "peripheral.simulated"
        assert open_home(page.home.path).peripherals.declared == ()


def test_each_port_is_found_once_and_asked_what_it_is(opened: Opened) -> None:
    page = opened(ports=("/dev/ttyX0", "/dev/ttyX1"))
    page.press(Qt.Key.Key_F)
    words = [choice.words for choice in page.question.choices if "ttyX" in choice.words]
    assert words == ["/dev/ttyX0 · socket on the board", "Code scanner · /dev/ttyX1 · socket on the board"]
    page.answer(next(choice.key for choice in page.question.choices if "ttyX0" in choice.words))
    assert [choice.words for choice in page.question.choices] == ["Code scanner", "Passport reader"]
    page.answer("2")
    page.station.press(Qt.Key.Key_Return)
    assert page.declared("Passport reader").url == "/dev/ttyX0"
    assert page.declared("Passport reader").kind is Kind.MRZ_READER


def test_a_list_that_is_too_long_says_so(opened: Opened) -> None:
    page = opened(ports=tuple(f"/dev/ttyUSB{at}" for at in range(60)))
    page.press(Qt.Key.Key_F)
    assert len(page.question.choices) == 35
    assert page.question.hint.startswith("2")
    assert "more are attached than fit here" in page.question.hint
