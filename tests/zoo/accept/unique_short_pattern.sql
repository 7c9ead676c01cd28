-- Keys within patterns that have fewer words than rows are wanted, where the type alone would have more.
-- rows: bay=9, slot=8
CREATE TABLE bay (code varchar(2) PRIMARY KEY CHECK (code ~ '^[A-C]{2}$'), opened date);
CREATE TABLE slot (id int PRIMARY KEY, code char(3) NOT NULL UNIQUE CHECK (code SIMILAR TO '(x|y){3}'));
CREATE TABLE rack (code varchar(2) UNIQUE CHECK (code LIKE 'R_'), opened date);
