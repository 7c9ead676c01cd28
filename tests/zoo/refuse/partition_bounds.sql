-- Every partition ends before the rows may begin.
-- unsatisfiable: events = events_recent, partition bounds
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, CONSTRAINT events_recent CHECK (at >= '2024-01-01'))
    PARTITION BY RANGE (at);
CREATE TABLE events_2022 PARTITION OF events FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
