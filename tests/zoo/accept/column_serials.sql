-- smallserial, serial and bigserial, keys and not.
CREATE TABLE tickets (id smallserial PRIMARY KEY, number serial NOT NULL, sort bigserial);
