"""``python -m tests.faults.simulation SEED``: plays one seed and prints what happens."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.faults.simulation.play import play

with tempfile.TemporaryDirectory() as folder:
    broken = play(int(sys.argv[1]), Path(folder), print).broken
print("\n".join(broken) or "Every promise is kept.")
sys.exit(bool(broken))
