"""Conversations keep who drafts, whether they are guided, when they were last touched, and that they were deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("engine", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("is_guided", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE conversations SET touched_at = started_at")


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("conversations") as table:
        for column in ("deleted_at", "touched_at", "is_guided", "engine"):
            table.drop_column(column)
