ALTER TABLE suppliers
    ADD CONSTRAINT suppliers_vat_check CHECK (vat_number ~ '^[A-Z]{2}[0-9A-Z]{8,12}$') NOT VALID,
    ADD COLUMN country_code char(2) REFERENCES countries;
