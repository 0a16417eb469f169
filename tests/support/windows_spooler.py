"""Windows' print spooler in memory: the calls of `winspool.Spooler` over a queue that prints bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.devices.queue.winspool import DELETE, PAUSE

PAUSED, SPOOLING, PRINTING, PRINTED = 0x01, 0x08, 0x10, 0x80


@dataclass
class Job:
    name: str
    data: bytes = b""
    status: int = SPOOLING


@dataclass
class Spooler:
    """A printer's jobs. `most` bytes are taken at a time, `full` in all; `early` prints before the end."""

    there: bool = True
    printer: int = 0
    most: int = 1 << 20
    full: int = 1 << 20
    early: bool = False
    aborts: bool = True
    ends: bool = True
    prints: bool = True
    opened: int = 0
    begun: list[Job] = field(default_factory=list)
    queue: dict[int, Job] = field(default_factory=dict)
    paper: list[bytes] = field(default_factory=list)
    _under_way: Job | None = None

    def open(self, name: str) -> int:
        self.opened += self.there
        return 99 if self.there else 0

    def close(self, handle: int) -> None:
        self.opened -= 1

    def start(self, handle: int, name: str) -> int:
        job = self._under_way = Job(name)
        self.begun.append(job)
        self.queue[len(self.begun)] = job
        return len(self.begun)

    def write(self, handle: int, data: bytes) -> int:
        job = self._under_way
        assert job is not None
        taken = data[: min(self.most, self.full - len(job.data))]
        job.data += taken
        if self.early:
            job.status |= PRINTING
        return len(taken)

    def end(self, handle: int) -> bool:
        job = self._under_way
        assert job is not None
        if not self.ends:
            return False
        job.status &= ~SPOOLING
        if self.prints:
            self.paper.append(job.data)
            self.queue = {number: one for number, one in self.queue.items() if one is not job}
        return True

    def abort(self, handle: int) -> bool:
        if self.aborts:
            self.queue = {number: one for number, one in self.queue.items() if one is not self._under_way}
        return self.aborts

    def status(self, handle: int) -> int | None:
        return self.printer

    def job(self, handle: int, job: int) -> int | None:
        return self.queue[job].status if job in self.queue else None

    def jobs(self, handle: int) -> tuple[tuple[int, str], ...] | None:
        return tuple((number, job.name) for number, job in self.queue.items())

    def order(self, handle: int, job: int, order: int) -> bool:
        if job not in self.queue:
            return False
        if order == PAUSE:
            self.queue[job].status |= PAUSED
        if order == DELETE:
            del self.queue[job]
        return True

    def error(self) -> int:
        return 5
