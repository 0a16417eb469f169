"""What the centres of lower halls ask of this hub, beside what every device asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from counter_app.hub.calls import Served, Work
from counter_app.hub.refusing import no_such_call
from counter_app.use_cases.centre.wire import Call, Nothing, write
from counter_app.use_cases.ports.centre import Centre
from counter_app.use_cases.ports.relay import Upper
from counter_app.use_cases.relay import wire

Q = TypeVar("Q")
A = TypeVar("A")


def _served(call: Call[Q, A], act: Callable[[Upper, Q], A]) -> Served:
    def prepare(data: bytes) -> Work:
        question = call.read_question(data)

        def work(line: Centre) -> bytes:
            if not isinstance(line, Upper):
                raise no_such_call()
            return write(act(line, question))

        return work

    return Served(call, prepare, quick=False)


def _taken(upper: Upper, asked: wire.LettersTaken) -> Nothing:
    upper.taken(asked.number)
    return Nothing()


RELAYED: Final = (
    _served(wire.STANDING, lambda upper, asked: upper.standing(asked.hall)),
    _served(wire.MIRROR, lambda upper, asked: upper.mirror(asked)),
    _served(wire.LETTERS, lambda upper, asked: upper.letters(asked.after)),
    _served(wire.TAKEN, _taken),
)
