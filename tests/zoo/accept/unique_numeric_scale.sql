-- Numbers that must differ in their one decimal.
CREATE TABLE sizes (size numeric(3,1) PRIMARY KEY, label text NOT NULL);
