-- Three keys that overlap in a timetable.
CREATE TABLE teachers (id serial PRIMARY KEY);
CREATE TABLE classes (id serial PRIMARY KEY);
CREATE TABLE rooms (id serial PRIMARY KEY);
CREATE TABLE lessons (id serial PRIMARY KEY, hour smallint NOT NULL CHECK (hour BETWEEN 1 AND 40), teacher integer NOT NULL REFERENCES teachers, class integer NOT NULL REFERENCES classes, room integer NOT NULL REFERENCES rooms,
    UNIQUE (hour, teacher), UNIQUE (hour, class), UNIQUE (hour, room));
