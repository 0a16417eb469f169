"""What goes wrong inside a machine: killed at a statement or around a COMMIT, a disk that is full or slow.

The driver's connection is wrapped, so every transaction of a store is concerned, whoever opens it. A killed
machine raises `Killed`, which nothing in the program catches: its transaction rolls back as a crash would
leave it, and the machine is opened afresh later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlcipher3 import dbapi2

Kind = Literal["kill-within", "kill-before-commit", "kill-after-commit", "full", "slow"]
KINDS: Final[tuple[Kind, ...]] = ("kill-within", "kill-before-commit", "kill-after-commit", "full")
WRITES: Final = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Killed(BaseException):
    """The process of this machine is gone at this very point."""

    def __init__(self, machine: str) -> None:
        super().__init__(machine)
        self.machine = machine


@dataclass
class Faults:
    """What waits to go wrong on one machine; it happens once. `after` counts writing statements first.

    `pause` is what others do while a slow transaction is about to commit.
    """

    machine: str
    kind: Kind | None = None
    after: int = 0
    happened: list[Kind] = field(default_factory=list)
    pause: Callable[[], None] = lambda: None

    def arm(self, kind: Kind, after: int = 0) -> None:
        self.kind, self.after = kind, after

    def calm(self) -> None:
        self.kind = None

    def before(self, sql: str) -> None:
        """Called before each statement of the writer."""
        if self.kind is None:
            return
        if sql.startswith("COMMIT"):
            if self.kind == "kill-before-commit":
                self._kill()
            if self.kind == "slow":
                self._happens()
                self.pause()
        elif sql.startswith(WRITES):
            self.after -= 1
            if self.after < 0 and self.kind == "kill-within":
                self._kill()
            if self.after < 0 and self.kind == "full":
                self._happens()
                raise dbapi2.OperationalError("database or disk is full")

    def behind(self, sql: str) -> None:
        """Called after each statement of the writer."""
        if self.kind == "kill-after-commit" and sql.startswith("COMMIT"):
            self._kill()

    def _happens(self) -> None:
        assert self.kind is not None
        self.happened.append(self.kind)
        self.kind = None

    def _kill(self) -> None:
        self._happens()
        raise Killed(self.machine)


class FaultyCursor:
    """A driver's cursor that may be struck before or after a statement."""

    def __init__(self, cursor: Any, faults: Faults) -> None:
        self._cursor = cursor
        self._faults = faults

    def execute(self, sql: str, *parameters: Any) -> Any:
        self._faults.before(sql)
        self._cursor.execute(sql, *parameters)
        self._faults.behind(sql)
        return self

    def executemany(self, sql: str, parameters: Any) -> Any:
        self._faults.before(sql)
        self._cursor.executemany(sql, parameters)
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


class FaultyConnection:
    """The writer's connection with a person pulling plugs."""

    def __init__(self, connection: Any, faults: Faults) -> None:
        self._connection = connection
        self._faults = faults

    def cursor(self) -> FaultyCursor:
        return FaultyCursor(self._connection.cursor(), self._faults)

    def execute(self, sql: str, *parameters: Any) -> Any:
        return self.cursor().execute(sql, *parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def put_under(store: Any, faults: Faults) -> None:
    """Every write of `store` (one with a `_writer` connection) may be struck from now on."""
    store._writer = FaultyConnection(store._writer, faults)
