"""The settings: one frozen object, built at the entry point and handed down."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, NonNegativeFloat, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from corpus.errors import SettingsUnreadable, SettingsWrong

PROJECT = Path(__file__).resolve().parent.parent
FILE = PROJECT / "passerelle.toml"
BUNDLED = "bundled"

HIDDEN = "…"
"""What stands for a key wherever one would be shown."""
_KEY = re.compile(r"key|token$|secret|password", re.IGNORECASE)

# Not Path.expanduser: it raises for a name that is no user's.
Folder = Annotated[Path, AfterValidator(lambda path: Path(os.path.expanduser(path)))]  # noqa: PTH111


class Settings(BaseSettings):
    """Read from the environment (`PASSERELLE_HOME`, …), then from `passerelle.toml` beside the code."""

    model_config = SettingsConfigDict(
        env_prefix="PASSERELLE_", env_ignore_empty=True, toml_file=FILE, frozen=True, extra="forbid"
    )

    home: Annotated[Folder, Field(description="folder of all runtime state")] = PROJECT / ".passerelle"
    ledger: Annotated[
        str | None,
        Field(
            pattern=r"^postgresql(\+psycopg)?://",
            description="address of a PostgreSQL database for the ledger, in place of a file in the home",
        ),
    ] = None
    material: Annotated[
        Folder, Field(description="folder of the documents ingested when there is no index")
    ] = PROJECT / "corpus" / "material"
    embedding_model: Annotated[
        str,
        Field(
            min_length=1, description="'bundled', the folder of a SentenceTransformer, or a hub model's name"
        ),
    ] = BUNDLED
    host: Annotated[str, Field(min_length=1, description="address that `serve` listens on")] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="port that `serve` listens on")] = 7860
    widget_origins: Annotated[
        tuple[Annotated[str, Field(pattern=r"^https?://[\w.-]+(:\d+)?$")], ...],
        Field(description="origins of the sites that may show the chat in a frame, as https://site.example"),
    ] = ()
    feedback_days: Annotated[
        int,
        Field(ge=1, le=3650, description="days that opinions and unanswered questions of visitors are kept"),
    ] = 365
    contact: Annotated[
        str | None,
        Field(
            pattern=r"^([^\s@<>\":/]+@[^\s@<>\":/]+|https?://[^\s<>\"]+)$",
            description="mail address or page where visitors ask what is kept of theirs, and have it removed",
        ),
    ] = None
    question_limit: Annotated[int, Field(ge=50, description="most characters of a question")] = 2000
    file_limit: Annotated[int, Field(ge=1, description="most bytes of one ingested file")] = 50_000_000
    file_seconds: Annotated[int, Field(ge=1, description="most seconds that reading one file may take")] = 120
    file_memory: Annotated[
        int, Field(ge=256, description="most MB of memory that reading one file may take")
    ] = 2000
    kept_versions: Annotated[int, Field(ge=1, le=100, description="versions kept, the live one included")] = 3
    golden: Annotated[Folder, Field(description="folder of the golden sets")] = PROJECT / "evals" / "golden"
    gate_cases: Annotated[
        int, Field(ge=0, description="golden cases asked of a version before it is published; 0 asks none")
    ] = 300
    judge: Annotated[
        str | None,
        Field(pattern=r"^\w+:.", description="chat model that judges citations, `provider:model`"),
    ] = None
    chat_model: Annotated[
        str | None,
        Field(
            pattern=r"^\w+:\S+$",
            description="chat model that words the answers, `provider:model`, or `provider:model@http://address/v1`",
        ),
    ] = None
    chat_base_url: Annotated[
        str | None, Field(pattern=r"^https?://\S+$", description="address of the chat model's server")
    ] = None
    chat_key: Annotated[
        SecretStr | None,
        Field(
            description="key of the chat model, from the environment only; else the provider's own variable"
        ),
    ] = None
    chat_options: Annotated[
        dict[str, Any], Field(description="further options of the chat model, as LangChain names them")
    ] = {}
    chat_window: Annotated[
        int | None, Field(ge=1024, description="tokens of prompt and answer together that the model takes")
    ] = None
    chat_seconds: Annotated[float, Field(ge=1, le=300, description="most seconds of one answer")] = 20.0
    chat_tries: Annotated[int, Field(ge=1, le=5, description="how often a model that fails is asked")] = 3
    chat_prices: Annotated[
        tuple[NonNegativeFloat, NonNegativeFloat] | None,
        Field(
            description="what a million tokens of prompt and of answer cost, where the provider does not say"
        ),
    ] = None
    chat_day_tokens: Annotated[
        int | None, Field(ge=0, description="most tokens of a day (UTC); then answers are quoted")
    ] = None
    chat_visitor_tokens: Annotated[
        int | None, Field(ge=0, description="most tokens of one visitor in a day")
    ] = None
    chat_kept: Annotated[int, Field(ge=0, description="answers kept for who asks the same again")] = 500
    chat_kept_seconds: Annotated[float, Field(ge=0, description="for how long they are kept")] = 3600.0
    chat_judge: Annotated[
        str | None,
        Field(
            pattern=r"^\w+:\S+$", description="chat model that must agree to each sentence before it is shown"
        ),
    ] = None
    passage_size: Annotated[int, Field(ge=100, le=4000, description="most characters of a passage")] = 1000
    depth: Annotated[int, Field(ge=1, le=100, description="passages that an answer is composed from")] = 8

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Say the order: arguments, then the environment, then the file, which must hold no key."""
        file = TomlConfigSettingsSource(settings_cls)
        if "chat_key" in file() or any(_KEY.search(name) for name in file().get("chat_options", {})):
            reason = "a key is taken from the environment only"
            raise SettingsWrong(field="chat_key", value=HIDDEN, reason=reason, where="PASSERELLE_CHAT_KEY")
        return init_settings, env_settings, file


def read_settings(**overrides: object) -> Settings:
    """Build the settings.

    Raises SettingsWrong, naming field and value, SettingsUnreadable when the file is not TOML.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        where = f"PASSERELLE_{name.upper()} / {FILE.name}"
        value = HIDDEN if name.startswith("chat_key") else first["input"]
        raise SettingsWrong(field=name, value=value, reason=first["msg"], where=where) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise SettingsUnreadable(file=FILE, reason=reason) from error
