"""Windows' own printing library, by ctypes: the calls of `winspool.Spooler`. Tried under no Windows yet."""

from __future__ import annotations

import sys
from typing import Final

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _spool = ctypes.WinDLL("winspool.drv", use_last_error=True)
    _ALL_JOBS: Final = 0xFFFF

    class _DocInfo(ctypes.Structure):
        """DOC_INFO_1W."""

        _fields_ = (("name", wintypes.LPWSTR), ("output", wintypes.LPWSTR), ("kind", wintypes.LPWSTR))

    class _Job(ctypes.Structure):
        """JOB_INFO_1W."""

        _fields_ = (
            ("number", wintypes.DWORD),
            *((text, wintypes.LPWSTR) for text in ("printer", "machine", "user", "name", "kind", "words")),
            *((word, wintypes.DWORD) for word in ("status", "priority", "position", "pages", "printed")),
            ("submitted", wintypes.WORD * 8),
        )

    class WindowsSpooler:
        """See `winspool.Spooler`."""

        def open(self, name: str) -> int:
            handle = wintypes.HANDLE()
            return (handle.value or 0) if _spool.OpenPrinterW(name, ctypes.byref(handle), None) else 0

        def close(self, handle: int) -> None:
            _spool.ClosePrinter(wintypes.HANDLE(handle))

        def start(self, handle: int, name: str) -> int:
            about = _DocInfo(name, None, "RAW")
            job = int(_spool.StartDocPrinterW(wintypes.HANDLE(handle), 1, ctypes.byref(about)))
            if job and not _spool.StartPagePrinter(wintypes.HANDLE(handle)):
                self.abort(handle)
                return 0
            return job

        def write(self, handle: int, data: bytes) -> int:
            taken = wintypes.DWORD()
            good = _spool.WritePrinter(wintypes.HANDLE(handle), data, len(data), ctypes.byref(taken))
            return taken.value if good else 0

        def end(self, handle: int) -> bool:
            printer = wintypes.HANDLE(handle)
            return bool(_spool.EndPagePrinter(printer)) and bool(_spool.EndDocPrinter(printer))

        def abort(self, handle: int) -> bool:
            return bool(_spool.AbortPrinter(wintypes.HANDLE(handle)))

        def status(self, handle: int) -> int | None:
            # PRINTER_INFO_6 is the status word alone
            found = self._told(_spool.GetPrinterW, wintypes.HANDLE(handle), 6)
            return None if found is None else wintypes.DWORD.from_buffer(found).value

        def job(self, handle: int, job: int) -> int | None:
            found = self._told(_spool.GetJobW, wintypes.HANDLE(handle), job, 1)
            return None if found is None else int(_Job.from_buffer(found).status)

        def jobs(self, handle: int) -> tuple[tuple[int, str], ...] | None:
            needed, count = wintypes.DWORD(), wintypes.DWORD()
            printer = wintypes.HANDLE(handle)

            def ask(buffer: ctypes.Array[ctypes.c_char] | None) -> bool:
                size = 0 if buffer is None else len(buffer)
                ends = (ctypes.byref(needed), ctypes.byref(count))
                return bool(_spool.EnumJobsW(printer, 0, _ALL_JOBS, 1, buffer, size, *ends))

            if ask(None):
                return ()  # an empty queue needs no room
            buffer = ctypes.create_string_buffer(needed.value)
            if not needed.value or not ask(buffer):
                return None
            found = (_Job * count.value).from_buffer(buffer)
            return tuple((int(one.number), str(one.name or "")) for one in found)

        def order(self, handle: int, job: int, order: int) -> bool:
            return bool(_spool.SetJobW(wintypes.HANDLE(handle), job, 0, None, order))

        def error(self) -> int:
            return ctypes.get_last_error()

        def _told(self, ask: ctypes._FuncPointer, *words: object) -> ctypes.Array[ctypes.c_char] | None:
            """What a call fills in whose size it tells first."""
            needed = wintypes.DWORD()
            ask(*words, None, 0, ctypes.byref(needed))
            if not needed.value:
                return None
            buffer = ctypes.create_string_buffer(needed.value)
            return buffer if ask(*words, buffer, needed.value, ctypes.byref(needed)) else None
