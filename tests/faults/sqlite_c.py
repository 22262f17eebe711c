"""SQLite's C interface as far as the fault tests need it (sqlite3.h: sqlite3_vfs).

The wheel pysqlite3 carries its own SQLite and shows its functions: no compiler is needed to put
something between that library and the disk.
"""

from __future__ import annotations

import ctypes
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p

import pysqlite3._sqlite3

OPEN_CREATE = 0x4
OK = 0

LIBRARY = ctypes.CDLL(pysqlite3._sqlite3.__file__)
LIBRARY.sqlite3_vfs_find.restype = c_void_p
LIBRARY.sqlite3_vfs_find.argtypes = [c_char_p]
LIBRARY.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
LIBRARY.sqlite3_vfs_unregister.argtypes = [c_void_p]

# A path to open is a bare pointer: its options stand behind its closing zero, and SQLite keeps it.
Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
Access = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int, c_void_p)
FullPathname = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int, c_void_p)
OpenDirectory = CFUNCTYPE(c_int, c_char_p, c_void_p)
_GetSystemCall = CFUNCTYPE(c_void_p, c_void_p, c_char_p)
_SetSystemCall = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)

FILE_CALLS = {
    "xClose": CFUNCTYPE(c_int, c_void_p),
    "xRead": CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64),
    "xWrite": Write,
    "xTruncate": Truncate,
    "xSync": Sync,
    "xFileSize": CFUNCTYPE(c_int, c_void_p, c_void_p),
    "xLock": CFUNCTYPE(c_int, c_void_p, c_int),
    "xUnlock": CFUNCTYPE(c_int, c_void_p, c_int),
    "xCheckReservedLock": CFUNCTYPE(c_int, c_void_p, c_void_p),
    "xFileControl": CFUNCTYPE(c_int, c_void_p, c_int, c_void_p),
    "xSectorSize": CFUNCTYPE(c_int, c_void_p),
    "xDeviceCharacteristics": CFUNCTYPE(c_int, c_void_p),
    "xShmMap": CFUNCTYPE(c_int, c_void_p, c_int, c_int, c_int, c_void_p),
    "xShmLock": CFUNCTYPE(c_int, c_void_p, c_int, c_int, c_int),
    "xShmBarrier": CFUNCTYPE(None, c_void_p),
    "xShmUnmap": CFUNCTYPE(c_int, c_void_p, c_int),
    "xFetch": CFUNCTYPE(c_int, c_void_p, c_int64, c_int, c_void_p),
    "xUnfetch": CFUNCTYPE(c_int, c_void_p, c_int64, c_void_p),
}
"""What SQLite can ask of an open file, in the order of its structure."""

_LOADING = ("xDlOpen", "xDlError", "xDlSym", "xDlClose")
_TIME = ("xSleep", "xCurrentTime", "xGetLastError", "xCurrentTimeInt64")


class Vfs(ctypes.Structure):
    """``struct sqlite3_vfs``: how SQLite opens and deletes files."""

    _fields_ = (
        ("iVersion", c_int),
        ("szOsFile", c_int),
        ("mxPathname", c_int),
        ("pNext", c_void_p),
        ("zName", c_char_p),
        ("pAppData", c_void_p),
        ("xOpen", Open),
        ("xDelete", Delete),
        ("xAccess", Access),
        ("xFullPathname", FullPathname),
        *((name, c_void_p) for name in (*_LOADING, "xRandomness", *_TIME)),
        ("xSetSystemCall", _SetSystemCall),
        ("xGetSystemCall", _GetSystemCall),
        ("xNextSystemCall", c_void_p),
    )


class Methods(ctypes.Structure):
    """``struct sqlite3_io_methods``: what SQLite does with an open file."""

    _fields_ = (("iVersion", c_int), *FILE_CALLS.items())


class File(ctypes.Structure):
    """``struct sqlite3_file``: every open file begins with its methods."""

    _fields_ = (("pMethods", POINTER(Methods)),)
