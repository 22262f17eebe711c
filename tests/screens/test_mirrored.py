"""From the right as from the left: a style sheet names its sides by the reading direction."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.journeys.checkout import ROOT

SHEETS = sorted((ROOT / "kiosk" / "screens").rglob("*.css"))

ONE_SIDED = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const found = [];
  const look = (rules) => {
    for (const rule of rules) {
      if (rule.style && !/dir=/.test(rule.selectorText ?? "")) {
        const { paddingLeft, paddingRight, marginLeft, marginRight, left, right } = rule.style;
        const pairs = [[paddingLeft, paddingRight], [marginLeft, marginRight], [left, right]];
        if (pairs.some(([one, other]) => one !== other)) found.push(rule.selectorText);
      }
      if (rule.cssRules) look(rule.cssRules);
    }
  };
  look(sheet.cssRules);
  return found;
}"""
"""The rules that set left and right apart, except those for one direction."""

AS_THEY_ARE = {
    ".hollow",  # the key of a map stands on the sea, which no language moves
    ".test-pattern .over-said",  # in the middle: half of it back, in both directions
}


def test_no_side_is_left_or_right(browser: Browser) -> None:
    """In Arabic an official answer touched its own rule: its padding stayed at the left."""
    page = browser.new_page()
    found = {
        f"{sheet.relative_to(ROOT)}: {rule}"
        for sheet in SHEETS
        for rule in page.evaluate(ONE_SIDED, sheet.read_text(encoding="utf-8"))
        if rule not in AS_THEY_ARE
    }
    page.close()
    assert len(SHEETS) > 30
    assert found == set()
