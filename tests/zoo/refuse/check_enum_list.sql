-- The list names labels that the enum doesn't have.
-- unsatisfiable: moods = moods_known, moods.mood NOT NULL, moods.mood feeling
CREATE TYPE feeling AS ENUM ('glad', 'sad');
CREATE TABLE moods (
    id serial PRIMARY KEY,
    mood feeling NOT NULL,
    CONSTRAINT moods_known CHECK (mood::text IN ('merry', 'gloomy'))
);
