"""One engine per state database: SQLite in WAL mode or PostgreSQL, by URL; migrated to the newest tables at start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.errors import ConfigurationError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
BUSY_SECONDS = 15
"""How long a writer waits for another one on SQLite."""
MIGRATION_LOCK = 7_700_201
"""Key of PostgreSQL's advisory lock; any number, the same in every copy."""


class Database:
    """Opens sessions. ``reading`` sees one consistent state, ``writing`` commits at the end or not at all."""

    def __init__(self, url: str) -> None:
        """Connects and migrates; raises ConfigurationError where the database cannot be used."""
        try:
            self.engine = _engine(url)
            self._writer = self.engine.execution_options(writes=True)
            self.migrate()
        except SQLAlchemyError as error:
            shown = make_url(url).render_as_string(hide_password=True) if "://" in url else url
            raise ConfigurationError(f"state database {shown}: {error}") from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def migrate(self) -> None:
        """Brings the tables up to date. Copies that start together wait for each other."""
        with self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # A deferred transaction that reads first may fail at its first write; writers queue up front instead.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
