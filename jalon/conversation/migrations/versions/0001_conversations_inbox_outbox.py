"""The state of conversations, the inbox and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the three tables."""
    # Before there were migrations this table existed alone; what it holds lives for a day at most.
    op.execute("DROP TABLE IF EXISTS conversations")
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("slots", sa.JSON, nullable=False),
        sa.Column("loop", sa.Text),
        sa.Column("offered", sa.JSON, nullable=False),
        sa.Column("taps", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("touched", sa.DateTime, nullable=False, index=True),
    )
    op.create_table(
        "inbox",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("receipt", sa.Text, nullable=False, unique=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text),
        sa.Column("body", sa.LargeBinary),
        sa.Column("sent_at", sa.DateTime, nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False, index=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("holder", sa.Text),
        sa.Column("held_until", sa.DateTime),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_inbox_waiting", "inbox", ["conversation", "sent_at", "id"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_table(
        "outbox",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("inbox_id", _NUMBER, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("token", sa.Text, nullable=False, unique=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text),
        sa.Column("body", sa.LargeBinary),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("holder", sa.Text),
        sa.Column("held_until", sa.DateTime),
        sa.Column("created_at", sa.DateTime, nullable=False, index=True),
        sa.Column("expires_at", sa.DateTime, nullable=False, index=True),
    )
    unsent = sa.text("state IN ('waiting', 'sending', 'doubt')")
    op.create_index("ix_outbox_unsent", "outbox", ["conversation", "id"], sqlite_where=unsent, postgresql_where=unsent)
    op.create_index("uq_outbox_inbox_id_part", "outbox", ["inbox_id", "part"], unique=True)
