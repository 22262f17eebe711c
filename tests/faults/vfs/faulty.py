"""A VFS before the shipped SQLite's own, of which one operation answers with an error.

So it is the shipped build that meets the fault, below the whole product, and not another build
of SQLite with the product's statements.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_char_p, c_void_p, cast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults import sqlite_c as c

_NAME = b"faulty"
FULL = 13
"""SQLITE_FULL"""
IO_ERRORS = {
    "xOpen": 10, "xDelete": 2570, "xAccess": 3338, "xFullPathname": 10, "xClose": 4106,
    "xRead": 266, "xWrite": 778, "xTruncate": 1546, "xSync": 1034, "xFileSize": 1802,
    "xLock": 3850, "xUnlock": 2058, "xCheckReservedLock": 3594, "xFileControl": 10,
    "xShmMap": 5386, "xShmLock": 5130, "xShmUnmap": 10, "xFetch": 10, "xUnfetch": 10,
}  # fmt: skip
"""SQLITE_IOERR_… of each operation that can fail (sqlite3.h)."""
_DONE_ALL_THE_SAME = {"xClose", "xUnlock", "xShmUnmap"}
"""A system that answers so has closed or unlocked nevertheless (close(2), fcntl(2))."""
_SHM_UNLOCK = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """The *nth* *call*, and with *for_good* every later one of its kind, answers *code*."""

    call: str
    nth: int
    code: int
    for_good: bool

    def __str__(self) -> str:
        kind = "disk full" if self.code == FULL else "I/O error"
        return f"{self.call} number {self.nth}: {kind} {'for good' if self.for_good else 'once'}"


class FaultyDisk:
    """The disk below one folder; :attr:`calls` counts, :attr:`fault` is what fails now."""

    def __init__(self, folder: Path) -> None:
        self.fault: Fault | None = None
        self.calls: Counter[str] = Counter()
        self._folder = folder
        self._methods: dict[int, c.Methods] = {}
        self._own = c.LIBRARY.sqlite3_vfs_find(None)
        self._plain = c.Vfs.from_address(self._own)
        self._vfs = c.Vfs.from_buffer_copy(self._plain)
        self._vfs.zName = _NAME
        self._vfs.xOpen = c.Open(self._open)
        self._vfs.xDelete = c.Delete(self._delete)
        self._vfs.xAccess = c.Access(self._access)
        self._vfs.xFullPathname = c.FullPathname(self._full_pathname)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Be the disk of everything that this process opens in the block."""
        c.LIBRARY.sqlite3_vfs_register(byref(self._vfs), 1)
        try:
            yield
        finally:
            c.LIBRARY.sqlite3_vfs_unregister(byref(self._vfs))
            c.LIBRARY.sqlite3_vfs_register(self._own, 1)

    @contextmanager
    def failing(self, fault: Fault | None) -> Iterator[None]:
        """Fail as *fault* says within the block, counting calls from its beginning."""
        self.calls.clear()
        self.fault = fault
        try:
            yield
        finally:
            self.fault = None

    def _answer(self, call: str) -> int:
        """Count a call; return the error that it meets, or 0."""
        self.calls[call] += 1
        fault, count = self.fault, self.calls[call]
        if fault is None or fault.call != call:
            return c.OK
        met = count >= fault.nth if fault.for_good else count == fault.nth
        return fault.code if met else c.OK

    def _is_below(self, path: bytes | None) -> bool:
        return path is not None and Path(path.decode()).parent == self._folder

    def _open(self, _vfs: Any, path: Any, file: Any, flags: int, became: Any) -> int:
        below = self._is_below(cast(path, c_char_p).value if path else None)
        error = self._answer("xOpen") if below else c.OK
        if error:
            c.File.from_address(file).pMethods = None  # nothing to close
            return error
        answer = int(self._plain.xOpen(self._own, path, file, flags, became))
        if answer == c.OK and below:
            opened = c.File.from_address(file)
            opened.pMethods = ctypes.pointer(self._failing_methods(opened.pMethods))
        return answer

    def _delete(self, _vfs: Any, path: Any, sync: int) -> int:
        error = self._answer("xDelete") if self._is_below(path) else c.OK
        return error or int(self._plain.xDelete(self._own, path, sync))

    def _access(self, _vfs: Any, path: Any, flags: int, answer: Any) -> int:
        error = self._answer("xAccess") if self._is_below(path) else c.OK
        return error or int(self._plain.xAccess(self._own, path, flags, answer))

    def _full_pathname(self, _vfs: Any, path: Any, size: int, answer: Any) -> int:
        error = self._answer("xFullPathname") if self._is_below(path) else c.OK
        return error or int(self._plain.xFullPathname(self._own, path, size, answer))

    def _failing_methods(self, own: Any) -> c.Methods:
        """Return the methods of *own*, each asked for its fault first; made once for each."""
        address = ctypes.addressof(own.contents)
        if address not in self._methods:
            failing = c.Methods.from_buffer_copy(own.contents)
            for call in IO_ERRORS:
                if call in c.FILE_CALLS and cast(getattr(failing, call), c_void_p).value:
                    setattr(failing, call, self._failing_call(call, getattr(own.contents, call)))
            self._methods[address] = failing
        return self._methods[address]

    def _failing_call(self, call: str, own: Any) -> Any:
        def answer(*given: Any) -> int:
            error = self._answer(call)
            if not error:
                return int(own(*given))
            if call in _DONE_ALL_THE_SAME or (call == "xShmLock" and given[3] & _SHM_UNLOCK):
                own(*given)
            return error

        return c.FILE_CALLS[call](answer)
