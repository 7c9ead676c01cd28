-- An enum key holds as many rows as labels.
-- rows: plans=3
CREATE TYPE plan AS ENUM ('free', 'team', 'firm');
CREATE TABLE plans (plan plan PRIMARY KEY, price numeric(6,2) NOT NULL);
