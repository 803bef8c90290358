"""What is in the files: nothing of what was deleted, and tables as the program names them."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from class_rooms import GUESS, JAR
from sqlalchemy import UniqueConstraint, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import OperationalError

from ui.classroom.store import ClassStore
from ui.classroom.store.classes import DAY
from ui.classroom.store.engines import PRAGMAS, engine_at
from ui.classroom.store.migrations import files, version
from ui.classroom.store.tables import METADATA
from ui.classroom.store.tokens import hashed

SECRET = "unmistakable-"


def fill(store, phones=60):
    """Fill a class; return all texts of it that are not to be found afterwards."""
    opened, teacher = store.open_class("en")
    tokens = [store.join(opened.code)[1] for _ in range(phones)]
    said = []
    for number in range(3):
        asked = store.begin_round(opened.id, teacher, {**GUESS, "link": f"{SECRET}{number}"})
        for phone, token in enumerate(tokens):
            said.append(f"{SECRET}{number}-{phone}")
            store.guess(asked.id, token, {"words": said[-1] * (1 + phone % 7)})
    asked = store.begin_round(opened.id, teacher, {**JAR, "chains": 30})
    for token in tokens:
        if turn := store.claim(asked.id, token):
            store.answer(turn.id, token, {"share": 0.5, "said": SECRET})
    names = [hashed(token) for token in tokens]
    return opened, teacher, [opened.code, teacher, hashed(teacher), SECRET, *tokens, *names, *said]


def bytes_of(store):
    """Return what the file of a store holds, its log and whatever else stands beside it."""
    path = Path(store.engine.url.database)
    found = sorted(path.parent.glob(f"{path.name}*"))
    assert path in found
    return b"".join(part.read_bytes() for part in found)


def left(store, texts):
    held = bytes_of(store)
    return [said for said in texts if said.encode() in held]


@pytest.fixture
def kept(file, clock):
    made = ClassStore.at(file, clock)
    yield made
    made.engine.dispose()


def test_what_a_class_was_is_in_the_file_until_it_ends_and_not_afterwards(kept):
    opened, teacher, texts = fill(kept)
    open_tokens = {teacher, *texts[4:64]}
    assert set(left(kept, texts)) == set(texts) - open_tokens, "it was there, without its tokens"
    kept.end_class(opened.id, teacher)
    assert left(kept, texts) == []


def test_what_is_swept_is_gone_too_and_others_stay(kept, clock):
    _, _, texts = fill(kept)
    clock.now += DAY / 2
    other, teacher, others = fill(kept)
    clock.now += DAY / 2
    texts = [said for said in texts if not said.startswith(SECRET)]
    assert kept.sweep() == 1
    assert left(kept, texts) == []
    assert other.code in left(kept, others)
    assert kept.teacher(other.id, teacher)
    assert kept.pulse(other.id).seats == 60


def test_while_somebody_reads_it_is_cleaned_later(kept, monkeypatch):
    opened, teacher, texts = fill(kept)
    hasty = (*PRAGMAS, "PRAGMA busy_timeout = 50")
    monkeypatch.setattr("ui.classroom.store.engines.PRAGMAS", hasty)
    kept.engine.dispose()  # new connections wait for a moment only
    with sqlite3.connect(kept.engine.url.database) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM answers").fetchone()
        kept.end_class(opened.id, teacher)
        assert left(kept, texts), "the reader still sees it"
        assert kept.find(opened.code) is None, "nobody else does"
        reader.rollback()
    reader.close()
    kept.sweep()
    assert left(kept, texts) == []


def test_it_survives_its_process(kept, clock):
    """Killed in the middle of work: what was answered is there, whole."""
    program = (
        "import os, sys\n"
        "from ui.classroom.store import ClassStore\n"
        "store = ClassStore.at(sys.argv[1], lambda: float(sys.argv[2]))\n"
        "opened, teacher = store.open_class('en')\n"
        "asked = store.begin_round(opened.id, teacher, {'kind': 'guess'})\n"
        "for value in range(9): store.guess(asked.id, store.join(opened.code)[1], value)\n"
        "print(opened.id, asked.id, flush=True)\n"
        "with store.writing() as connection:\n"
        "    connection.exec_driver_sql('DELETE FROM answers')\n"
        "    os._exit(1)\n"
    )
    url = kept.engine.url.render_as_string()
    done = subprocess.run(
        [sys.executable, "-c", program, url, str(clock.now)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    class_id, round_id = map(int, done.stdout.split())
    assert [row.value for row in kept.answers(round_id)] == list(range(9))
    assert kept.pulse(class_id).answered == 9


def test_the_tables_are_as_the_program_names_them(store):
    found = inspect(store.engine)
    assert set(found.get_table_names()) - {"sqlite_sequence"} == set(METADATA.tables)
    assert len(METADATA.tables) == 4
    for name, table in METADATA.tables.items():
        columns = {column["name"]: column for column in found.get_columns(name)}
        assert list(columns) == [column.name for column in table.columns]
        for column in table.columns:
            if not column.primary_key:
                assert columns[column.name]["nullable"] == column.nullable, (name, column.name)
        ends = {key["referred_table"] for key in found.get_foreign_keys(name)}
        assert ends == {key.column.table.name for key in table.foreign_keys}
    unique = {tuple(u["column_names"]) for u in found.get_unique_constraints("answers")}
    assert ("round_id", "chain", "step", "role", "attempt") in unique
    assert not any(isinstance(c, UniqueConstraint) for c in METADATA.tables["seats"].constraints)


def test_a_database_is_brought_up_to_date_once(address, monkeypatch, tmp_path):
    first = ClassStore.at(address)
    opened, teacher = first.open_class("en")
    with first.engine.connect() as connection:
        assert version(connection) == len(files()) >= 1
    assert ClassStore.at(address).teacher(opened.id, teacher), "nothing is lost by a new start"
    more = tmp_path / "9999_more.sql"
    more.write_text("ALTER TABLE classes ADD COLUMN more INTEGER; -- ; a remark\n")
    known = files()
    monkeypatch.setattr("ui.classroom.store.migrations.files", lambda: [*known, more])
    later = ClassStore.at(address)
    assert later.teacher(opened.id, teacher)
    assert "more" in {column["name"] for column in inspect(later.engine).get_columns("classes")}
    monkeypatch.undo()
    with pytest.raises(ValueError, match="newer program"):
        ClassStore.at(address)


def test_a_migration_that_fails_leaves_nothing(address, monkeypatch, tmp_path):
    half = tmp_path / "9999_half.sql"
    half.write_text("CREATE TABLE half (id INTEGER); CREATE TABLE half (id INTEGER);")
    monkeypatch.setattr("ui.classroom.store.migrations.files", lambda: [half])
    with pytest.raises(Exception, match="half"):
        ClassStore.at(address)
    engine = engine_at(address)
    assert inspect(engine).get_table_names() == []
    with engine.connect() as connection:
        assert version(connection) == 0


@pytest.mark.parametrize("address", ["mysql://somebody@somewhere/x", "oracle://somewhere"])
def test_other_databases_are_refused(address):
    with pytest.raises(ValueError, match="SQLite or PostgreSQL"):
        engine_at(address)


@pytest.mark.parametrize("name", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_psycopg(name):
    pytest.importorskip("psycopg")
    engine = engine_at(f"{name}://somebody:secret@somewhere:5433/x")
    assert engine.url.drivername == "postgresql+psycopg"
    assert (engine.url.password, engine.url.port) == ("secret", 5433)


def test_an_engine_that_somebody_else_made_becomes_one_that_threads_share(file, clock):
    for address in (file, "sqlite://"):
        store = ClassStore(create_engine(address), clock)
        opened, teacher, texts = fill(store, 5)
        if address == file:
            with store.engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
                assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        store.end_class(opened.id, teacher)
        if address == file:
            assert left(store, texts) == []


def test_two_databases_in_memory_know_nothing_of_each_other():
    one, other = ClassStore.at("sqlite://"), ClassStore.at("sqlite:///:memory:")
    opened, _ = one.open_class("en")
    assert one.find(opened.code)
    assert other.find(opened.code) is None


def test_a_server_that_was_started_anew_is_found_again(database, monkeypatch):
    """Connections that were left alone are tried before they are used."""
    store = ClassStore.at(database)
    opened, _ = store.open_class("en")
    store.pulse(opened.id)
    mine = make_url(database)
    admin = create_engine(mine, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                 "WHERE pid <> pg_backend_pid() AND datname = current_database()")
        )  # fmt: skip
    with pytest.raises(OperationalError):
        store.pulse(opened.id)
    assert store.pulse(opened.id).version == 1, "after one complaint at most"
    with admin.connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                 "WHERE pid <> pg_backend_pid() AND datname = current_database()")
        )  # fmt: skip
    monkeypatch.setattr("ui.classroom.store.engines.UNSURE_AFTER", 0.0)
    assert store.pulse(opened.id).version == 1, "after some seconds without any"
    admin.dispose()


def test_a_poll_takes_nothing_from_a_database_that_writes(kept, clock):
    """A reader never waits for a writer: half a transaction is not seen, and stops nobody."""
    opened, teacher = kept.open_class("en")
    sent = []
    event.listen(kept.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    with kept.writing() as connection:
        connection.exec_driver_sql("UPDATE classes SET version = 99")
        assert kept.pulse(opened.id).version == 1
    assert kept.pulse(opened.id).version == 99
    assert [said for said in sent if said.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]
    assert kept.teacher(opened.id, teacher)
