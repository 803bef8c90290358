"""Stores for the tests: one test runs on SQLite, in a file and in memory, and on PostgreSQL."""

import itertools

import pytest
from class_rooms import Clock, Room
from sqlalchemy import create_engine, make_url, text

from benchmarks import postgresql
from ui.classroom.store import ClassStore

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server():
    """Run one PostgreSQL for all tests of a process."""
    if why := postgresql.missing():
        pytest.skip(why)
    with postgresql.postgresql() as address:
        yield address


@pytest.fixture
def database(server):
    """Return the address of an empty schema in PostgreSQL, which is as good as a database."""
    name = f"class_{next(_NUMBERS)}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    there = make_url(server).update_query_dict({"options": f"-csearch_path={name}"})
    return there.render_as_string(hide_password=False)


@pytest.fixture
def file(tmp_path):
    """Return the address of an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'class.db'}"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["file", "database"])
def address(request):
    """Return the address of an empty database that several stores may share."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=[pytest.param("memory", marks=pytest.mark.full), "file", "database"])
def store(request, clock):
    """Return an empty store with a clock that is set by hand."""
    kind = request.param
    made = ClassStore.at("sqlite://" if kind == "memory" else request.getfixturevalue(kind), clock)
    yield made
    made.engine.dispose()


@pytest.fixture
def room(store, clock):
    return Room(store, clock)
