"""The state database: accounts, sessions, turns, templates, training runs, audit. What rooms do with it is theirs."""

from assistant.store.store import Store

__all__ = ["Store"]
