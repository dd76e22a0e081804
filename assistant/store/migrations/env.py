"""Runs migrations on the connection that ``Database.migrate`` holds, inside its transaction."""

from alembic import context

from assistant.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()
