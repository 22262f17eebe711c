"""Records every write and sync of the shipped SQLite, by a VFS put before its own.

The file's methods are SQLite's, but for write, truncate and sync; those are done by SQLite's own
too, and noted. Only one recorder may be on at a time in a process.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_char_p, c_void_p, cast
from pathlib import Path
from typing import Any

from tests.faults import sqlite_c as c
from tests.faults.power.disk import Delete, Make, Operation, Sync, SyncFolder, Truncate, Write

_NAME = b"recorder"


class Recorder:
    """Notes what is done to the files of one folder, in order; :attr:`done` grows as it is on."""

    def __init__(self, folder: Path) -> None:
        self.done: list[Operation] = []
        self.folder = folder
        self._lock = threading.Lock()
        self._files: dict[int, str] = {}
        self._methods: dict[int, c.Methods] = {}
        self._own = c.LIBRARY.sqlite3_vfs_find(None)
        self._vfs = c.Vfs.from_buffer_copy(c.Vfs.from_address(self._own))
        self._plain = c.Vfs.from_address(self._own)
        self._vfs.zName = _NAME
        self._vfs.xOpen = c.Open(self._open)
        self._vfs.xDelete = c.Delete(self._delete)
        self._own_folder = self._plain.xGetSystemCall(self._own, b"openDirectory")
        self._open_own_folder = c.OpenDirectory(self._own_folder)
        self._noting_folder = c.OpenDirectory(self._open_folder)

    @contextmanager
    def on(self) -> Iterator[Recorder]:
        """Record everything that this process opens in the block; close it before the end."""
        hook = cast(self._noting_folder, c_void_p)
        c.LIBRARY.sqlite3_vfs_register(byref(self._vfs), 1)
        self._plain.xSetSystemCall(self._own, b"openDirectory", hook)
        try:
            yield self
        finally:
            self._plain.xSetSystemCall(self._own, b"openDirectory", self._own_folder)
            c.LIBRARY.sqlite3_vfs_unregister(byref(self._vfs))
            c.LIBRARY.sqlite3_vfs_register(self._own, 1)

    def _name(self, path: bytes | None) -> str:
        if path is None:  # a temporary file, which nobody looks for after a power cut
            return ""
        found = Path(path.decode())
        return found.name if found.parent == self.folder else ""

    def _open(self, _vfs: Any, path: Any, file: Any, flags: int, became: Any) -> int:
        with self._lock:
            answer = int(self._plain.xOpen(self._own, path, file, flags, became))
            name = self._name(cast(path, c_char_p).value if path else None)
            if answer != c.OK or not name:
                return answer
            self._files[file] = name
            if flags & c.OPEN_CREATE:
                self.done.append(Make(name))
            opened = c.File.from_address(file)
            opened.pMethods = ctypes.pointer(self._noting(opened.pMethods))
            return answer

    def _noting(self, own: Any) -> c.Methods:
        """Return the methods of *own* with write, truncate and sync noted; made once for each."""
        address = ctypes.addressof(own.contents)
        if address not in self._methods:
            noting = c.Methods.from_buffer_copy(own.contents)
            noting.xWrite = c.Write(self._write(own.contents))
            noting.xTruncate = c.Truncate(self._truncate(own.contents))
            noting.xSync = c.Sync(self._sync(own.contents))
            self._methods[address] = noting
        return self._methods[address]

    def _write(self, own: c.Methods) -> Any:
        def write(file: Any, data: Any, size: int, offset: int) -> int:
            with self._lock:
                answer = int(own.xWrite(file, data, size, offset))
                if answer == c.OK:
                    self.done.append(Write(self._files[file], offset, ctypes.string_at(data, size)))
                return answer

        return write

    def _truncate(self, own: c.Methods) -> Any:
        def truncate(file: Any, size: int) -> int:
            with self._lock:
                answer = int(own.xTruncate(file, size))
                if answer == c.OK:
                    self.done.append(Truncate(self._files[file], size))
                return answer

        return truncate

    def _sync(self, own: c.Methods) -> Any:
        def sync(file: Any, flags: int) -> int:
            with self._lock:
                at = len(self.done)
                answer = int(own.xSync(file, flags))
                if answer == c.OK:  # SQLite syncs the file first and its folder behind it
                    self.done.insert(at, Sync(self._files[file]))
                return answer

        return sync

    def _delete(self, _vfs: Any, path: Any, sync_folder: int) -> int:
        with self._lock:
            at = len(self.done)
            answer = int(self._plain.xDelete(self._own, path, sync_folder))
            name = self._name(path)
            if answer == c.OK and name:
                self.done.insert(at, Delete(name))
            return answer

    def _open_folder(self, path: Any, became: Any) -> int:
        self.done.append(SyncFolder())  # SQLite opens a folder for nothing but to sync it
        return int(self._open_own_folder(path, became))
