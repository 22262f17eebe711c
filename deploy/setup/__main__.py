"""The set-up's command line: ``python3 -m deploy.setup PURPOSE``, called by the Makefile."""

from __future__ import annotations

import sys

from deploy.setup import chromium, environment, front_end, wrk
from deploy.setup.steps import SetupStoppedError, alone

PURPOSES = ("demo", "check", "test", "bench")


def main(purpose: str) -> int:
    """Set the machine up for *purpose* and return the exit code: 0 done, 1 stopped, 2 unknown."""
    if purpose not in PURPOSES:
        print(f"set-up: unknown purpose {purpose!r}; one of {', '.join(PURPOSES)}", file=sys.stderr)
        return 2
    try:
        with alone():
            environment.prepare("runtime" if purpose == "demo" else "test")
            if purpose != "check":
                front_end.prepare("runtime" if purpose == "demo" else "test")
            if purpose in {"test", "bench"}:
                chromium.prepare()
            if purpose == "bench":
                wrk.prepare()
    except SetupStoppedError as error:
        print(f"\nset-up stopped: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nset-up interrupted; the same command goes on from here", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
