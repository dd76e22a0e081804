"""The state database with its repositories, one per kind of thing that is kept."""

from __future__ import annotations

from assistant.clock import Clock, SystemClock
from assistant.store.accounts import Accounts, LoginAttempts, Sessions
from assistant.store.audit import Audit
from assistant.store.database import Database
from assistant.store.templates import Templates
from assistant.store.training import TrainingRuns
from assistant.store.turns import Turns


class Store:
    """Everything that is kept between turns and between copies of the app."""

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        """Opens (and where needed creates) the database; raises ConfigurationError where that fails."""
        self.clock = clock or SystemClock()
        self.database = Database(url)
        self.accounts = Accounts(self.database, self.clock)
        self.sessions = Sessions(self.database, self.clock)
        self.login_attempts = LoginAttempts(self.database, self.clock)
        self.turns = Turns(self.database, self.clock)
        self.templates = Templates(self.database, self.clock)
        self.training_runs = TrainingRuns(self.database, self.clock)
        self.audit = Audit(self.database, self.clock)

    def check(self) -> None:
        """Asks the database for nothing; raises where it does not answer."""
        with self.database.reading() as session:
            session.connection()

    def close(self) -> None:
        self.database.close()
