-- Every number in the interval is excluded.
-- unsatisfiable: dice = dice_range, dice_not, dice.face NOT NULL
CREATE TABLE dice (
    id serial PRIMARY KEY,
    face integer NOT NULL,
    CONSTRAINT dice_range CHECK (face BETWEEN 1 AND 3),
    CONSTRAINT dice_not CHECK (face NOT IN (1, 2, 3))
);
