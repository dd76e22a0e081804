"""Every setting in one place, each with its unit and default; read from the environment."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.clock import Clock, FixedClock, SystemClock

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of one running assistant. Variables start with ``ASSISTANT_`` unless another name is given."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", extra="ignore", populate_by_name=True)

    data_dir: Path = Field(
        default=ROOT / "var", description="Folder of everything that is kept: figures, state, models"
    )
    catalogue_dir: Path = Field(default=ROOT / "data" / "catalogue", description="Folder of the catalogue")
    bank_file: Path = Field(default=ROOT / "data" / "intents.yml", description="The base bank of question templates")
    today: date | None = Field(default=None, description="Fixed date instead of the system's clock (YYYY-MM-DD)")

    host: str = Field(default="127.0.0.1", description="Address to serve on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to serve on; 0 takes a free one")
    public_origin: str = Field(default="", description="Origin people use where a proxy stands in front (https://…)")
    proxy_addresses: str = Field(
        default="", description="Addresses of proxies whose X-Forwarded headers are believed, comma-separated"
    )
    tls_certificate: Path | None = Field(default=None, description="PEM certificate; with it the server speaks HTTPS")
    tls_key: Path | None = Field(default=None, description="PEM key of the certificate")

    database_url: str = Field(
        default="", description="State database (SQLAlchemy URL); empty: SQLite in the data folder"
    )
    session_hours: int = Field(default=12, ge=1, description="Hours until a log-in ends")
    context_minutes: int = Field(default=10, ge=1, description="Minutes until a conversation's context fades")

    nlu_url: str = Field(
        default="",
        validation_alias=AliasChoices("NLU_URL", "nlu_url"),
        description="A Rasa server that runs elsewhere; empty: the assistant starts its own",
    )
    nlu_token: str = Field(
        default="",
        validation_alias=AliasChoices("NLU_TOKEN", "nlu_token"),
        description="Token of that Rasa server",
    )
    nlu_python: Path = Field(
        default=ROOT / "nlu" / ".venv" / "bin" / "python", description="Python of the Rasa environment"
    )

    recognizer: Literal["auto", "vietasr", "vosk"] = Field(
        default="auto", description="Speech recogniser; auto takes the one measured to hear people best"
    )
    vosk_model: Path | None = Field(default=None, description="Folder of a Vosk model")
    vosk_model_name: str = Field(
        default="vosk-model-small-vn-0.4", description="Vosk model to download by name where the network allows"
    )
    voice: str = Field(default="aav/vi", description="espeak-ng voice")
    speech_rate: int = Field(default=165, ge=80, le=400, description="Words per minute of the spoken answer")
    max_audio_seconds: int = Field(default=60, ge=5, description="Longest utterance listened to, in seconds")
    max_text_characters: int = Field(default=500, ge=50, description="Longest written question, in characters")

    query_memory_mb: int = Field(default=256, ge=64, description="Memory limit of the query engine, in MB")
    query_threads: int = Field(default=1, ge=1, description="Threads of the query engine")

    @property
    def state_url(self) -> str:
        """SQLAlchemy URL of the state database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'state.sqlite'}"

    @property
    def model_dir(self) -> Path:
        """Folder of trained Rasa models."""
        return self.data_dir / "models"

    def clock(self) -> Clock:
        """The system's clock, or the fixed one of ``today``."""
        return FixedClock(self.today) if self.today else SystemClock()
