-- One of two must be there, and neither may.
-- unsatisfiable: calls = calls_one, calls_mail, calls_phone
CREATE TABLE calls (
    id serial PRIMARY KEY,
    mail text CONSTRAINT calls_mail CHECK (mail IS NULL),
    phone text CONSTRAINT calls_phone CHECK (phone IS NULL),
    CONSTRAINT calls_one CHECK (num_nonnulls(mail, phone) = 1)
);
