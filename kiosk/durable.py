"""What a power cut must leave alone: folders brought to the disk, and writes that tell a fault."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.errors import Unavailable


def sync_folder(folder: Path) -> None:
    """Make renames and new files within *folder* durable.

    Raises:
        OSError: the disk would not.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell whoever asked for it should *path* not come to the disk within the ``with`` block.

    Raises:
        Unavailable: the disk is full or cannot be written; nothing may be called done.
    """
    try:
        yield
    except OSError as error:
        raise Unavailable(
            "The file {name} cannot be written: {reason}.",
            "Nothing was done. Check the disk and the permissions of the data folder.",
            name=path.name,
            reason=error.strerror or type(error).__name__,
        ) from error
