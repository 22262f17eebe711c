"""A QR code as one SVG path, dark on its own white card, with the quiet zone that readers need."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

QUIET = 4
"""Free modules on each side (ISO/IEC 18004)."""


@lru_cache(maxsize=256)
def qr_svg(text: str, label: str) -> str:
    """Return an ``<svg>`` of *text* that says *label* to who cannot see it (role ``img``).

    Give addresses in upper case: the alphanumeric mode then keeps the code small. It has no size of
    its own: the style sheet sets one, at least a tenth of the distance it is to be scanned from.
    """
    rows = _modules(text)
    side = len(rows) + 2 * QUIET
    return (
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' role="img" aria-label="{escape(label, quote=True)}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="#1b1916" d="{_path(rows)}"/></svg>'
    )


def _modules(text: str) -> list[list[bool]]:
    """Correct 15 % of errors where that costs no larger code, else 7 %."""
    grids = []
    for level in (ERROR_CORRECT_M, ERROR_CORRECT_L):
        code = qrcode.QRCode(error_correction=level, border=0)
        code.add_data(text)
        code.make(fit=True)
        grids.append([[bool(module) for module in row] for row in code.modules])
    strong, light = grids
    return strong if len(strong) == len(light) else light


def _path(rows: list[list[bool]]) -> str:
    """One run of dark modules, one stroke: rectangles a row high."""
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:
                parts.append(f"M{x + QUIET} {y + QUIET}h{run - x}v1h-{run - x}z")
            x = max(run, x + 1)
    return "".join(parts)
