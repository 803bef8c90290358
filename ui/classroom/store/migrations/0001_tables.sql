-- A live class. {key} is the numbered key column as the database spells it; numbers of rows that
-- were deleted are never given out again. Times are seconds since 1970. JSON is kept as text.

CREATE TABLE classes (
    id {key},
    code VARCHAR(12) NOT NULL UNIQUE,
    token CHAR(64) NOT NULL,              -- SHA-256 of the teacher's token
    language VARCHAR(12) NOT NULL,
    opened DOUBLE PRECISION NOT NULL,
    ends DOUBLE PRECISION NOT NULL,
    joinable BOOLEAN NOT NULL,
    version BIGINT NOT NULL               -- grows with each change that a screen may show
);

CREATE TABLE rounds (
    id {key},
    class_id BIGINT NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    settings TEXT NOT NULL,               -- JSON
    state VARCHAR(8) NOT NULL,            -- asking, closed, shown
    hidden BOOLEAN NOT NULL,
    opened DOUBLE PRECISION NOT NULL,
    UNIQUE (class_id, number)
);

CREATE TABLE seats (
    id {key},
    class_id BIGINT NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    token CHAR(64) NOT NULL,              -- SHA-256 of the seat's token
    name INTEGER NOT NULL,
    kind VARCHAR(12) NOT NULL,            -- person, or a simulated learner
    joined DOUBLE PRECISION NOT NULL,
    seen DOUBLE PRECISION NOT NULL,
    UNIQUE (class_id, token),
    UNIQUE (class_id, name)
);

CREATE TABLE answers (
    id {key},
    round_id BIGINT NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
    seat_id BIGINT NOT NULL REFERENCES seats (id) ON DELETE CASCADE,
    chain BIGINT NOT NULL,
    step INTEGER NOT NULL,
    role VARCHAR(8) NOT NULL,             -- guess, model, judge
    attempt INTEGER NOT NULL,
    claimed DOUBLE PRECISION NOT NULL,
    answered DOUBLE PRECISION,            -- with no value beside it: the turn was freed
    value TEXT,                           -- JSON
    UNIQUE (round_id, chain, step, role, attempt)
);

-- A seat is at one turn of a round at most.
CREATE UNIQUE INDEX answers_at_it ON answers (round_id, seat_id) WHERE answered IS NULL;

CREATE INDEX answers_of_seats ON answers (seat_id);
