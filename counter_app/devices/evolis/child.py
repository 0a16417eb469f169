"""The process in which the maker's library runs: one request on standard input, answers line by line.

A request is a line of JSON: `do` (`find`, `look`, `print`), `library`, `printer`, `seconds`, `faces`
(BMP in base64). Answers: `{"sending": true}` before the card moves, then one with the end. What the library
itself writes goes to standard error. Nothing of the program is imported but this and `library.py`.
"""

from __future__ import annotations

import json
import os
import sys
from base64 import b64decode
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from counter_app.devices.evolis.library import Library, LibraryAbsent, Session

ONE_SIDED = 1  # no code of the library: those are below zero
Say = Callable[[dict[str, Any]], None]


def serve(request: dict[str, Any], say: Say) -> None:
    try:
        library = Library(request["library"])
    except LibraryAbsent as error:
        say({"error": "no-library", "why": str(error)})
        return
    if request["do"] == "find":
        say({"printers": library.printers()})
        return
    session = library.open(request["printer"])
    if session is None:
        say({"error": "absent"})
        return
    try:
        if request["do"] == "print":
            _print(session, request, say)
        else:
            ribbon = session.ribbon()
            say(
                {
                    "state": session.state(),
                    "ribbon": asdict(ribbon) if ribbon else None,
                    "maker": asdict(session.maker()),
                }
            )
    finally:
        session.close()


def _print(session: Session, request: dict[str, Any], say: Say) -> None:
    code, major, minor = session.state()
    say({"state": (code, major, minor)})
    if not sys.stdin.readline().strip():  # whoever asked decides by the state whether it goes on
        return
    if len(request["faces"]) > 1 and not session.maker().flips:
        say({"refused": ONE_SIDED})
        return
    code = session.prepare([b64decode(face) for face in request["faces"]])
    if code:
        say({"refused": code})
        return
    say({"sending": True})
    say({"end": session.print(int(request["seconds"]))})


def main() -> None:
    """The library may write to standard output: answers go out by a copy, and it gets standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    serve(json.loads(sys.stdin.readline()), say)


if __name__ == "__main__":
    main()
