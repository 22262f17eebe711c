"""A file that holds a secret: read by its owner alone, and on the disk whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.durable import sync_folder, writing


def write(path: Path, data: bytes) -> None:
    """Put *data* at *path* durably, over what was there; also its folder where there is none.

    Raises:
        Unavailable: it cannot be written; what was there is as it was.
    """
    partial = path.with_suffix(".part")
    with writing(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
        sync_folder(path.parent)
