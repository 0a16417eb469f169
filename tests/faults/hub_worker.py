"""The hub over a centre's SQLite file as a process of its own: `hub_worker FOLDER PORT`, until it is killed.

It says `ready PORT` on stdout. Not here: the program's own command for it (`counter-app hub`), which is tried
in the stories; this one takes the keys of `tests.support.centres`.
"""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

from counter_app.hub.serve import serve
from counter_app.hub.tls import HubTls
from tests.support.hubs import PASSPHRASE, ServiceDoor, now
from tests.support.many_counters import sqlite_service


def main(folder: Path, port: int) -> None:
    logging.basicConfig(level=logging.ERROR)
    tls = HubTls(folder / "tls", PASSPHRASE, ("localhost", "127.0.0.1"), now)
    service = sqlite_service(folder)
    serve(
        ServiceDoor(service),
        ("127.0.0.1", port),
        tls,
        on_ready=lambda host, bound: print(f"ready {bound}", flush=True),
        stop=threading.Event(),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
