"""A setting that cannot be used is named with its cure, before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.locale.languages import LANGUAGES
from kiosk.settings import WrongSetting, load


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_defaults_hold() -> None:
    """A newcomer sets nothing."""
    settings = load()
    assert settings.hub_port == 8000
    assert settings.hub_database.startswith("sqlite:////")


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An operator tries another port without touching the file."""
    (tmp_path / "kiosk.toml").write_text('hub_port = 9000\ncity = "sceaux"\n')
    monkeypatch.setenv("KIOSK_HUB_PORT", "9100")
    settings = load()
    assert (settings.hub_port, settings.city) == (9100, "sceaux")


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("KIOSK_HUB_PORT", "eighty", "integer"),
        ("KIOSK_HUB_PORT", "70000", "65535"),
        ("KIOSK_PUBLIC_URL", "voice.example", "http://host:port"),
        ("KIOSK_DATABASE_URL", "mysql://there", "postgresql://"),
        ("KIOSK_IDLE_SECONDS", "3", "30"),
        ("KIOSK_LANGUAGES", "frr,en", "there is no kiosk/locale/frr.po"),
        ("KIOSK_LANGUAGES", "fr, en, xx", "fr, en, de, ar"),
    ],
)
def test_a_wrong_value_is_named_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, cure: str
) -> None:
    """The message names the setting and what was found; the cure says what would be right."""
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as refused:
        load()
    assert name in str(refused.value)
    assert value in str(refused.value)
    assert cure in refused.value.cure


def test_languages_are_offered_in_the_order_that_they_are_named_in() -> None:
    """A space, a comma too many or a language named twice does no harm; without names all are."""
    assert load(languages="ar, fr,,fr,").offered == ("ar", "fr")
    assert load().offered == load(languages=" ").offered == LANGUAGES


def test_a_setting_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """A slip in kiosk.toml is not passed over in silence."""
    (tmp_path / "kiosk.toml").write_text("hub_prot = 9000\n")
    with pytest.raises(WrongSetting, match="hub_prot"):
        load()


def test_a_file_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """KIOSK_CONFIG with a slip in its path would otherwise mean: all defaults."""
    monkeypatch.setenv("KIOSK_CONFIG", "/nowhere/kiosk.toml")
    with pytest.raises(WrongSetting, match="/nowhere"):
        load()
