"""Saying no: the hub's own refusals, their HTTP status, and how refusals and answers are sent.

200 an answer · 401 log in again · 403 and others with a `Refusal` as body · 503 come back later: to the
device the centre is away. What the centre's store suffers (`store.*`) is the centre's own trouble: the device
hears 503 and works on alone, the operator finds it in log, health and metrics.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from counter_app.errors import UserFacingError
from counter_app.use_cases.centre import wire

_PIECE: Final = 1 << 17
_MEDIA: Final = "application/msgpack"
_STATUS: Final = {
    "centre.garbled": 400,
    "centre.no-such-call": 404,
    "centre.too-large": 413,
    "centre.too-many-tries": 429,
}
_FORBIDDEN: Final = 403
_BUSY: Final = 503
_LOG_IN: Final = 401


class Pieces(Response):
    """Sent piece by piece, so that a reader that does not read is noticed and not written for in vain."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        await send(head)
        body = memoryview(self.body)
        for start in range(0, len(body), _PIECE):
            piece = bytes(body[start : start + _PIECE])
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class LoggedOut(Exception):
    """No token, or one that lapsed; the text is for the log."""


class Busy(Exception):
    """More calls wait than may."""


def garbled() -> UserFacingError:
    return UserFacingError(
        "centre.garbled",
        "The centre does not understand this machine.",
        kept="Nothing was changed at the centre; everything is kept here.",
        remedy="Bring this machine and the centre to the same version of the program.",
    )


def no_such_call() -> UserFacingError:
    return UserFacingError(
        "centre.no-such-call",
        "The centre is older than this machine and does not know how to do this.",
        kept="Nothing was changed at the centre; everything is kept here.",
        remedy="Bring this machine and the centre to the same version of the program.",
    )


def too_large() -> UserFacingError:
    return UserFacingError(
        "centre.too-large",
        "This is more than the centre takes at once.",
        kept="Nothing was changed at the centre; everything is kept here.",
        remedy="Tell the administrator: one act or publication is larger than {megabytes} MB.",
        megabytes=wire.MOST_ASKED >> 20,
    )


def unknown_device() -> UserFacingError:
    return UserFacingError(
        "centre.unknown-device",
        "The centre does not know this machine, or not with this key.",
        kept="Nothing was changed at the centre; everything is kept here.",
        remedy="Enrol this machine with a new invitation.",
    )


def revoked() -> UserFacingError:
    return UserFacingError(
        "centre.revoked",
        "This machine was removed from the hall.",
        remedy="Enrol it with a new invitation if it is to work here again.",
    )


def too_many_tries() -> UserFacingError:
    return UserFacingError(
        "centre.too-many-tries",
        "Too many failed tries from this machine.",
        kept="Nothing was changed.",
        remedy="Wait a minute, then try again.",
    )


def answer(data: bytes, *, squeezed: bytes | None = None) -> Response:
    """A 200 with msgpack, squeezed when given."""
    kind = Response if len(squeezed or data) <= _PIECE else Pieces
    if squeezed is not None:
        return kind(squeezed, media_type=_MEDIA, headers={"content-encoding": "deflate"})
    return kind(data, media_type=_MEDIA)


def refusal(error: UserFacingError) -> tuple[Response, str]:
    """The response to a refusal, and what metrics call it."""
    if error.code.startswith("store."):
        return Response(status_code=_BUSY), "store"
    status = _STATUS.get(error.code, _FORBIDDEN)
    response = Response(wire.write(wire.refusal_of(error)), status, media_type=_MEDIA)
    if status in (400, 413):
        # The rest of the question is not read: the connection cannot be used again.
        response.headers["connection"] = "close"
    return response, "refused"


def log_in_again() -> Response:
    return Response(status_code=_LOG_IN)


def busy() -> Response:
    return Response(status_code=_BUSY)


def peer(request: Request) -> str:
    """The address that asks; never one that it names itself."""
    return request.client.host if request.client else ""
