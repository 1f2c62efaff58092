"""Runs the migrations on the connection that jalon.conversation.records hands over."""

from alembic import context

from jalon.conversation.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
