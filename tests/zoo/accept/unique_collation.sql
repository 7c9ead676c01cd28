-- A key under a collation that ignores case.
CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE words (word text COLLATE folded PRIMARY KEY);
