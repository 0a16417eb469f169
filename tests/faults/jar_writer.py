"""Adds beans to a jar until killed, telling on stdout only what the store has acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from counter_app.errors import UserFacingError
from tests.support.jars import BeansAdded, JarOpened
from tests.support.stores import CLERK, open_jars


def main(folder: Path, name: str, count: int) -> int:
    store = open_jars(folder)
    jar = store.act(CLERK, f"{name}-open", lambda tx: _ignore(tx.record(JarOpened(jar=tx.next_id)))).first(
        JarOpened
    )
    for n in range(count):
        key = f"{name}-{n}"
        fact = BeansAdded(jar=jar.jar, beans=1)
        try:
            store.act(CLERK, key, lambda tx, fact=fact: _ignore(tx.record(fact, private={"x": b"y" * 2000})))  # type: ignore[misc]  # a default binds the loop's fact
        except UserFacingError as error:
            print(error.code, flush=True)
            return 3
        print(key, flush=True)
    store.close()
    return 0


def _ignore(_: object) -> None: ...


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
