"""The phone's form for a text begun at a touchscreen: the one page with a script, and only one."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode

from tests.screens.phone.hub import Hub, Phone

DRAFT = "/draft/harbour/benches"


async def test_the_draft_s_page_allows_its_own_script_and_no_other(hub: Hub, ada: Phone) -> None:
    """The policy names it by its hash; what it reads stands behind # and comes to no server."""
    page = await ada.open(DRAFT)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 1
    digest = b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    policy = ada.page.headers["content-security-policy"]
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "fetch" not in scripts[0]
    assert "<noscript>" in page


async def test_what_came_over_is_sent_as_every_comment(hub: Hub, ada: Phone) -> None:
    """The form of the draft's page sends to the address that takes comments."""
    page = await ada.open(DRAFT)
    assert 'action="/say/harbour/benches"' in page
    await ada.send("/say/harbour/benches", text="Begun at the screen, ended on the tram.")
    assert ada.page.status_code == 200
    assert ada.receipt()


async def test_the_form_without_a_draft_has_no_script(hub: Hub, ada: Phone) -> None:
    """The draft's page is the exception, not the rule."""
    assert "<script" not in await ada.open("/say/harbour/benches")
