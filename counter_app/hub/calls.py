"""Every call of the port: which question goes to which method of the device's line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from counter_app.use_cases.centre import wire
from counter_app.use_cases.centre.wire import Call, Nothing
from counter_app.use_cases.ports.centre import MOST_PULLED, Centre

Q = TypeVar("Q")
A = TypeVar("A")
Work = Callable[[Centre], bytes]

# An answer of a pull beyond this is asked for again in a shorter stretch.
_LARGE: Final = 8 << 20
_MOST_CHAIN: Final = 20_000


@dataclass(frozen=True, slots=True)
class Served:
    """One call as the hub serves it. `quick`: a person waits for it, so bulk must not stand before it."""

    call: Call[Any, Any]
    prepare: Callable[[bytes], Work]
    quick: bool


def _served(call: Call[Q, A], act: Callable[[Centre, Q], A], *, quick: bool = False) -> Served:
    def prepare(data: bytes) -> Work:
        question = call.read_question(data)
        return lambda centre: wire.write(act(centre, question))

    return Served(call, prepare, quick)


def _pull(data: bytes) -> Work:
    asked = wire.PULL.read_question(data)

    def work(centre: Centre) -> bytes:
        limit = max(1, min(asked.limit, MOST_PULLED))
        while True:
            answer = wire.write(centre.pull(asked.after, asked.secrets, limit))
            if len(answer) <= _LARGE or limit == 1:
                return answer
            limit = max(1, limit // 4)

    return work


def _give_back(centre: Centre, asked: wire.GrantBack) -> Nothing:
    centre.give_back(asked.grant)
    return Nothing()


def _keep_secret(centre: Centre, asked: wire.SecretKept) -> Nothing:
    centre.keep_secret(asked.name, asked.body)
    return Nothing()


SERVED: Final = (
    _served(wire.HELLO, lambda centre, asked: centre.hello(asked), quick=True),
    _served(wire.PUSH, lambda centre, asked: centre.push(asked)),
    Served(wire.PULL, _pull, quick=False),
    _served(
        wire.CHAIN,
        lambda centre, asked: centre.chain(asked.epoch, asked.after, max(1, min(asked.limit, _MOST_CHAIN))),
    ),
    _served(wire.SNAPSHOT, lambda centre, asked: centre.snapshot(asked.page)),
    _served(wire.CLAIM, lambda centre, asked: centre.claim(asked), quick=True),
    _served(wire.GIVE_BACK, _give_back, quick=True),
    _served(wire.LEASE, lambda centre, asked: centre.lease(asked.counter, asked.staff), quick=True),
    _served(wire.NUMBERS, lambda centre, asked: centre.numbers(asked.letter, asked.day), quick=True),
    _served(wire.PUBLISH, lambda centre, asked: centre.publish(asked)),
    _served(wire.KEEP_SECRET, _keep_secret),
    _served(wire.CLOSE_DAY, lambda centre, asked: centre.close_day(asked.key, asked.day, asked.staff)),
    _served(wire.PICTURE_WANTED, lambda centre, asked: centre.picture_wanted(asked.digest)),
    _served(wire.SEND_PIECE, lambda centre, asked: centre.send_piece(asked.digest, asked.at, asked.data)),
    _served(wire.PICTURE_PIECE, lambda centre, asked: centre.picture_piece(asked.digest, asked.at)),
    _served(wire.DEVICES, lambda centre, asked: centre.devices()),
)
