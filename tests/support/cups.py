"""A real CUPS of this test's own, whose queue leads to a simulated printer. Skipped where there is none."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from counter_app.devices.queue.ipp_queue import cups_queues
from counter_app.simulators.printer.serving import PrinterServing, RunningPrinter

CUPSD: Final = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PATIENCE: Final = 15.0


@dataclass(frozen=True)
class Cups:
    """The queue `roll` leads to a simulated receipt printer, `A4` into the void."""

    port: int
    printer: RunningPrinter

    def url(self, queue: str) -> str:
        return f"cups://127.0.0.1:{self.port}/{queue}"

    def order(self, *command: str) -> None:
        """`cupsdisable NAME` and its like."""
        head, *rest = command
        full = [head, "-h", f"127.0.0.1:{self.port}", *rest]
        subprocess.run(full, check=True, capture_output=True, timeout=PATIENCE)


@contextmanager
def real_cups() -> Iterator[Cups]:
    """Skips where there is no CUPS, or where it may not be started."""
    printer = RunningPrinter(PrinterServing(tcp="127.0.0.1:0"))
    try:
        with tempfile.TemporaryDirectory(prefix="counter-app-cups-") as folder:
            yield from _running(Path(folder), printer)
    finally:
        printer.stop()


def _running(folder: Path, printer: RunningPrinter) -> Iterator[Cups]:
    if CUPSD is None or os.geteuid() != 0:
        pytest.skip("no CUPS here, or no right to start one (apt: cups)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("", "spool", "spool/tmp", "cache", "state", "log", "ppd"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name).chmod(0o777)  # CUPS's own account works in there
    _configured(folder, port, printer.url.removesuffix("/"))
    files = ["-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    process = subprocess.Popen([CUPSD, "-f", *files], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE
        while not cups_queues("127.0.0.1", port):
            if time.monotonic() > end or process.poll() is not None:
                pytest.skip("this CUPS does not start here")
            time.sleep(0.1)
        yield Cups(port, printer)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _configured(folder: Path, port: int, roll: str) -> None:
    (folder / "cupsd.conf").write_text(
        f"Listen 127.0.0.1:{port}\nLogLevel warn\nWebInterface No\nBrowsing Off\nDefaultAuthType None\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
    )
    (folder / "cups-files.conf").write_text(
        f"FileDevice Yes\nServerRoot {folder}\nRequestRoot {folder}/spool\nTempDir {folder}/spool/tmp\n"
        f"CacheDir {folder}/cache\nStateDir {folder}/state\nErrorLog {folder}/log/error\n"
        f"AccessLog {folder}/log/access\nPageLog {folder}/log/page\nSystemGroup lpadmin\nUser lp\nGroup lp\n"
    )
    queues = "".join(
        f"<Printer {name}>\nInfo {name}\nMakeModel Raw\nDeviceURI {device}\nState Idle\n"
        "Accepting Yes\nShared No\nJobSheets none none\nErrorPolicy stop-printer\n</Printer>\n"
        for name, device in (("roll", roll), ("A4", "file:///dev/null"))
    )
    (folder / "printers.conf").write_text(queues)
    (folder / "printers.conf").chmod(0o600)
