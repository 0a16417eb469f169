"""A reader without a cable: the simulator behind a port in memory, in time that is only counted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from counter_app.devices.id_card.driver import IdCardDriver
from counter_app.devices.serial_line import SLICE, LineSettings, SerialLine
from counter_app.domain.identity.document import DocumentType, IdentityDocument, Sex
from counter_app.domain.identity.nations import nation
from counter_app.simulators.id_card.device import SimulatedReader
from counter_app.simulators.id_card.tray import made_up_photo

ABDUL = IdentityDocument(
    kind=DocumentType.RESIDENT,
    name="阿卜杜拉·买买提",
    number="653101198503120218",
    sex=Sex.MALE,
    nation=nation("05"),
    birth=date(1985, 3, 12),
    address="喀什市胡杨路社区三组18号",
    authority="喀什市公安局",
    valid_from=date(2016, 5, 20),
    valid_to=date(2036, 5, 20),
    photo=made_up_photo("653101198503120218"),
)
LI = replace(
    ABDUL,
    name="李秀英",
    number="653101198908230263",
    sex=Sex.FEMALE,
    nation=nation("01"),
    birth=date(1989, 8, 23),
    photo=made_up_photo("653101198908230263"),
)


@dataclass
class MemoryPort:
    """Port and wire in one: what the reader sends comes after its time, reading lets time pass."""

    reader: SimulatedReader
    now: float = 0.0
    busy: float = 0.0  # time the reader has used since the last request
    coming: list[tuple[float, bytes]] = field(default_factory=list)
    pulled: bool = False

    def clock(self) -> float:
        return self.now

    def open(self, url: str, baudrate: int) -> MemoryPort:
        self.reader.connected(self)
        return self

    # the reader's side
    def send(self, data: bytes) -> None:
        self.coming.append((self.now + self.busy, data))

    def wait(self, seconds: float) -> bool:
        self.busy += seconds
        return True

    def unplug(self) -> None:
        self.pulled = True

    # the program's side
    def write(self, data: bytes, /) -> int:
        if self.pulled:
            raise OSError("unplugged")
        self.reader.feed(data)
        self.busy = 0.0
        return len(data)

    def read(self, size: int, /) -> bytes:
        if not self.coming:
            if self.pulled:
                raise OSError("unplugged")
            self.now += SLICE
            return b""
        ready_at, data = self.coming[0]
        if ready_at > self.now:
            self.now = min(ready_at, self.now + SLICE)
            return b""
        self.coming[0] = (ready_at, data[size:])
        if not data[size:]:
            self.coming.pop(0)
        return data[:size]

    @property
    def in_waiting(self) -> int:
        return len(self.coming[0][1]) if self.coming and self.coming[0][0] <= self.now else 0

    def reset_input_buffer(self) -> None:
        self.coming = [(ready_at, data) for ready_at, data in self.coming if ready_at > self.now]

    def close(self) -> None:
        self.reader.disconnected()


def memory_line(reader: SimulatedReader) -> tuple[SerialLine, MemoryPort]:
    """An unopened line to `reader`, and the port behind it."""
    port = MemoryPort(reader)
    return SerialLine(LineSettings("memory"), clock=port.clock, opener=port.open), port


def take_card(driver: IdCardDriver) -> IdentityDocument:
    """Find, select and read, as a counter does."""
    assert driver.find()
    driver.select()
    return driver.read()
