"""Stores for the tests: one test runs on SQLite, in a file and in memory, and on PostgreSQL."""

import itertools

import pytest
from sqlalchemy import create_engine, make_url, text

from benchmarks import postgresql
from ui.classroom.store import ClassStore

JAR = {"kind": "telephone", "game": "jar", "chains": 2, "length": 3, "wait": 60}
GUESS = {"kind": "guess", "page": "two_colours", "link": "sample_size=20"}
_NUMBERS = itertools.count()


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture(scope="session")
def server():
    """Run one PostgreSQL for all tests of a process."""
    if why := postgresql.missing():
        pytest.skip(why)
    with postgresql.postgresql() as address:
        yield address


@pytest.fixture
def database(server):
    """Return the address of an empty database of PostgreSQL."""
    name = f"class_{next(_NUMBERS)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


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


@pytest.fixture(params=["memory", "file", "database"])
def store(request, clock):
    """Return an empty store with a clock that is set by hand."""
    kind = request.param
    made = ClassStore.at("sqlite://" if kind == "memory" else request.getfixturevalue(kind), clock)
    yield made
    made.engine.dispose()


class Room:
    """A class with its teacher, and phones as they are needed."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.of, self.teacher = store.open_class("en")

    def phone(self, **options):
        return self.store.join(self.of.code, **options)

    def begin(self, settings=GUESS):
        return self.store.begin_round(self.of.id, self.teacher, settings)

    def version(self):
        return self.store.pulse(self.of.id).version


@pytest.fixture
def room(store, clock):
    return Room(store, clock)
