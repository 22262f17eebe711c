"""SQLite's C interface as far as the recorder needs it (sqlite3.h: sqlite3_vfs and its methods).

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
Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)
OpenDirectory = CFUNCTYPE(c_int, c_char_p, POINTER(c_int))
_GetSystemCall = CFUNCTYPE(c_void_p, c_void_p, c_char_p)
_SetSystemCall = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)

_TIME = ("xSleep", "xCurrentTime", "xGetLastError", "xCurrentTimeInt64")
_LOADING = ("xDlOpen", "xDlError", "xDlSym", "xDlClose")
_AS_THEY_ARE = ("xAccess", "xFullPathname", *_LOADING, "xRandomness", *_TIME)


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
        *((name, c_void_p) for name in _AS_THEY_ARE),
        ("xSetSystemCall", _SetSystemCall),
        ("xGetSystemCall", _GetSystemCall),
        ("xNextSystemCall", c_void_p),
    )


class Methods(ctypes.Structure):
    """``struct sqlite3_io_methods``: what SQLite does with an open file."""

    _fields_ = (
        ("iVersion", c_int),
        ("xClose", c_void_p),
        ("xRead", c_void_p),
        ("xWrite", Write),
        ("xTruncate", Truncate),
        ("xSync", Sync),
        *((f"other{n}", c_void_p) for n in range(13)),
    )


class File(ctypes.Structure):
    """``struct sqlite3_file``: every open file begins with its methods."""

    _fields_ = (("pMethods", POINTER(Methods)),)
