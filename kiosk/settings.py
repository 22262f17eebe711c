"""Every setting, typed and documented once; from the environment, `kiosk.toml`, or the default.

``KIOSK_<NAME>`` in the environment wins over ``name = …`` in the file that ``KIOSK_CONFIG`` names
(``./kiosk.toml`` when it is there). Read by the apps and the command line only.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from kiosk.errors import KioskError
from kiosk.exhibition import opening_hours
from kiosk.locale.languages import LANGUAGES

Port = Annotated[int, Field(ge=1, le=65_535)]


class WrongSetting(KioskError):
    """A setting has a value that cannot be used."""

    code = "wrong-setting"


def _web_address(value: str) -> str:
    if not value.startswith(("http://", "https://")) or value.endswith("/"):
        raise ValueError("write it as http://host:port or https://host, without a slash at the end")
    return value


def _database_address(value: str) -> str:
    if not value:
        return value
    try:
        backend = make_url(value).get_backend_name()
    except ArgumentError:
        backend = ""
    if backend not in {"sqlite", "postgresql"}:
        raise ValueError("write sqlite:////path/to/hub.db or postgresql://user@host/name")
    return value


def _hours(value: str) -> str:
    opening_hours.read(value, "UTC")
    return value


def _names(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))


def _languages(value: str) -> str:
    for name in _names(value):
        if name not in LANGUAGES:
            there = ", ".join(LANGUAGES)
            raise ValueError(f"there is no kiosk/locale/{name}.po; choose among: {there}")
    return value


def _time_zone(value: str) -> str:
    opening_hours.read("", value)
    return value


def _path_or_none(value: object) -> object:
    return value or None


WebAddress = Annotated[str, AfterValidator(_web_address)]
DatabaseAddress = Annotated[str, AfterValidator(_database_address)]


class Settings(BaseSettings):
    """What an operator may set; docs/operator.md lists the same, and a test holds them together."""

    model_config = SettingsConfigDict(env_prefix="KIOSK_", extra="forbid")

    data: Path = Field(Path("data"), description="Folder of databases, content files and keys.")
    content: Path = Field(Path("content"), description="Folder of the exhibitions' files.")
    front_end: Path = Field(
        Path("build/front-end/node_modules"),
        description="Folder with the fonts and the on-screen keyboard that set-up installed.",
    )
    database_url: DatabaseAddress = Field(
        "", description="The hub's database; empty: SQLite in the data folder."
    )
    public_url: WebAddress = Field(
        "http://127.0.0.1:8000", description="The address under which phones reach the hub."
    )
    desk_url: WebAddress = Field(
        "http://127.0.0.1:8001", description="The address under which staff reach the desk."
    )
    hub_url: WebAddress = Field(
        "http://127.0.0.1:8000", description="The address under which a kiosk reaches its hub."
    )
    hub_host: str = Field("127.0.0.1", description="Where the public process listens.")
    hub_port: Port = Field(8000, description="Port of the public process (phones, wall, API).")
    hub_workers: Annotated[int, Field(ge=1, le=64)] = Field(
        1, description="Public processes that share the port; more than 1 needs PostgreSQL."
    )
    desk_host: str = Field("127.0.0.1", description="Where the desk listens.")
    desk_port: Port = Field(8001, description="Port of the desk.")
    touch_port: Port = Field(8080, description="Port of the touchscreen, on this machine only.")
    exhibition: str = Field(
        "", description="The exhibition shown first; empty: the newest real one released."
    )
    city: str = Field("", description="The city whose overlay is shown; empty: the core alone.")
    languages: Annotated[str, AfterValidator(_languages)] = Field(
        "", description="Languages offered, by comma, the first is the screen's own; empty: all."
    )
    idle_seconds: Annotated[int, Field(ge=30, le=600)] = Field(
        90, description="Seconds without a touch until the touchscreen asks and then resets."
    )
    group_idle_seconds: Annotated[int, Field(ge=60, le=1800)] = Field(
        600, description="The same in group mode: a class talks before it raises hands."
    )
    screen_width_mm: Annotated[int, Field(ge=100, le=5000)] = Field(
        600, description="Width of the touchscreen's picture as it stands, in millimetres."
    )
    speech: bool = Field(
        True, description="Whether publication has texts spoken, where a program for it is there."
    )
    piper_voices: Annotated[Path | None, BeforeValidator(_path_or_none)] = Field(
        None, description="Folder of Piper's voices; a language without one is espeak-ng's."
    )
    hours: Annotated[str, AfterValidator(_hours)] = Field(
        "", description="When the house is open: mo-fr 08:00-20:00; sa 10:00-18:00; empty: always."
    )
    time_zone: Annotated[str, AfterValidator(_time_zone)] = Field(
        "Europe/Paris", description="The time zone of those hours."
    )
    show_examples: bool = Field(
        False, description="Whether the fictional exhibition is offered beside the real one."
    )
    trust_proxy: str = Field(
        "", description="Address of the proxy in front, whose forwarded scheme is believed."
    )
    metrics_token: Annotated[str, Field(pattern="^(|[!-~]{16,})$")] = Field(
        "", description="Secret of 16 characters or more that opens /metrics; empty: nobody."
    )
    test_postgres: DatabaseAddress = Field(
        "", description="For tests: a PostgreSQL to use instead of starting one."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment first, then the TOML file."""
        del dotenv_settings, file_secret_settings
        path = Path(os.environ.get("KIOSK_CONFIG", "kiosk.toml"))
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, path))

    @property
    def offered(self) -> tuple[str, ...]:
        """The languages of this screen's interface, its own first."""
        return _names(self.languages) or LANGUAGES

    @property
    def opening_hours(self) -> opening_hours.OpeningHours:
        """When the house of this screen is open."""
        return opening_hours.read(self.hours, self.time_zone)

    @property
    def staff_code(self) -> Path:
        """The file with the hash of the code that opens this screen's staff corner."""
        return self.touch_identity.with_name("staff-code")

    @property
    def hub_database(self) -> str:
        """The hub's database address, the default spelled out."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'hub.db'}"

    @property
    def hub_file(self) -> Path | None:
        """Where the hub's SQLite file lies; None where the hub has a PostgreSQL."""
        address = make_url(self.hub_database)
        return Path(str(address.database)) if address.get_backend_name() == "sqlite" else None

    @property
    def touch_database(self) -> str:
        """The touchscreen's own database, always SQLite."""
        return f"sqlite:///{self.data.absolute() / 'touch' / 'kiosk.db'}"

    @property
    def touch_identity(self) -> Path:
        """The file that tells this touchscreen who it is."""
        return self.data / "touch" / "identity.json"

    @property
    def hub_files(self) -> Path:
        """Where the hub keeps the editions' files, by their SHA-256."""
        return self.data / "files"


def load(**overrides: object) -> Settings:
    """Read the settings.

    Raises:
        WrongSetting: one has a value that cannot be used; the message names it and the cure.
    """
    config = os.environ.get("KIOSK_CONFIG")
    if config and not Path(config).is_file():
        raise WrongSetting(f"KIOSK_CONFIG: {config} is not a file.", "Name a TOML file.")
    try:
        return Settings(**overrides)  # type: ignore[arg-type] # pydantic checks the values
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper().removeprefix("KIOSK_")
        if first["type"] == "extra_forbidden":
            raise WrongSetting(
                f"kiosk.toml: there is no setting {name.lower()!r}.",
                "docs/operator.md lists them all.",
            ) from error
        raise WrongSetting(
            f"KIOSK_{name} has a value that cannot be used: {first['input']!r}.",
            f"{first['msg']}. {Settings.model_fields[name.lower()].description}"
            if name.lower() in Settings.model_fields
            else str(first["msg"]),
        ) from error
