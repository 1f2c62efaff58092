"""Find the replies that are kept for a page by their conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the index."""
    kept = sa.text("state = 'kept'")
    op.create_index("ix_outbox_kept", "outbox", ["conversation", "id"], sqlite_where=kept, postgresql_where=kept)


def downgrade() -> None:
    """Remove it."""
    op.drop_index("ix_outbox_kept", "outbox")
