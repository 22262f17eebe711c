"""Alembic's entry: migrates on the connection that :mod:`kiosk.database.migrate` hands over."""

from alembic import context

from kiosk.database.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
# The caller's transaction is the migration's: no begin_transaction here.
context.run_migrations()
