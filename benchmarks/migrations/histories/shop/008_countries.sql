-- Reference rows come with the migration.
BEGIN;
CREATE TABLE countries (
    code char(2) PRIMARY KEY CHECK (code = upper(code)),
    name text NOT NULL UNIQUE,
    eu_member boolean NOT NULL DEFAULT false
);
INSERT INTO countries VALUES
    ('DE', 'Germany', true), ('FR', 'France', true), ('NL', 'Netherlands', true),
    ('GB', 'United Kingdom', false), ('CH', 'Switzerland', false), ('US', 'United States', false);
ALTER TABLE addresses ADD COLUMN country_code char(2) REFERENCES countries;
UPDATE addresses SET country_code = 'DE';
ALTER TABLE addresses ALTER COLUMN country_code SET NOT NULL;
COMMIT;
