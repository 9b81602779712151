"""Opening the database: SQLite in WAL mode or PostgreSQL, brought to the newest schema, never overwritten.

A database that is newer than the program, locked, corrupt or out of reach raises `StoreError` with the next step.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from tutor.errors import StoreError
from tutor.store.tables import REVISION

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 10
OPENING_SECONDS = 120
_MIGRATION_LOCK = 7_205_143
"""Any fixed number: PostgreSQL's advisory lock while migrating."""


def open_database(url: str) -> Engine:
    """Connect to the database at `url` and bring its schema up to date."""
    parsed, path = _address(url)
    if path:
        _make_folder(path.parent)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS} if path else {})
    if path:
        event.listen(engine, "connect", _prepare_sqlite)
    with translated(engine), _alone(path), engine.connect() as connection:
        if path:
            connection.execute(text("PRAGMA journal_mode = WAL"))
            connection.rollback()
        if _revision(connection) != REVISION:
            _migrate(connection)
    return engine


def _address(url: str) -> tuple[URL, Path | None]:
    """A database address with its driver, and the file that it names."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise _no_address(str(error)) from error
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg"), None
    if parsed.drivername == "postgresql+psycopg":
        return parsed, None
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite"):
        raise _no_address(f"{parsed.drivername} is none that the tutor knows")
    if parsed.database in (None, "", ":memory:"):
        raise _no_address("it names no file")
    return parsed, Path(str(parsed.database))


def _no_address(reason: str) -> StoreError:
    return StoreError(
        f"TUTOR_DATABASE_URL is not an address that the tutor can use: {reason}. "
        "Use sqlite:///FILE or postgresql://USER@HOST/NAME."
    )


@contextmanager
def _alone(path: Path | None) -> Iterator[None]:
    """One program at a time opens a file: SQLite lets none wait for its turn to write ahead, and two would migrate."""
    if path is None:
        yield
        return
    from filelock import FileLock, Timeout

    try:
        with FileLock(f"{path}.opening", timeout=OPENING_SECONDS):
            yield
    except Timeout as error:
        raise StoreError(
            f"Another program has been opening the database {path} for {OPENING_SECONDS} s. Close that and try again."
        ) from error
    except OSError as error:
        raise StoreError(
            f"Cannot write beside {path} ({error.strerror}). Set TUTOR_HOME to a folder of yours."
        ) from error


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn the database's own errors into ones that say what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_explain(str(error.orig), engine.url.render_as_string())) from error


def _explain(cause: str, where: str) -> str:
    if "locked" in cause:
        return f"The database {where} is locked by another program for over {BUSY_SECONDS} s. Close that and try again."
    if "not a database" in cause or "malformed" in cause:
        return (
            f"{where} is not a readable database ({cause}). It was left as it is: move it away to start afresh, "
            "or put a backup in its place."
        )
    if "readonly" in cause or "unable to open" in cause:
        return f"The database {where} cannot be written ({cause}). Set TUTOR_HOME to a folder of yours."
    if "disk is full" in cause:
        return f"The disk with {where} is full. Free some space; nothing was lost but the last step."
    return (
        f"The database {where} cannot be used: {cause.strip().splitlines()[0].rstrip('.')}. "
        "See whether it is there and the tutor's own, or choose another one by TUTOR_HOME or TUTOR_DATABASE_URL."
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"Cannot write to {folder} ({error.strerror}). Set TUTOR_HOME to a folder of yours."
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    connection.rollback()
    return found


def _migrate(connection: Connection) -> None:
    """Run the missing migrations; another process may have run them meanwhile."""
    found = _revision(connection)
    known = {path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}
    if found is not None and found not in known:
        raise StoreError(
            f"The database is of a newer tutor (schema {found}; this one knows up to {REVISION}). "
            "Get the newer tutor, or choose another folder by TUTOR_HOME. Nothing was changed."
        )
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
