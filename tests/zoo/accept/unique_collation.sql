-- A key under a collation that ignores case.
-- needs: SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'
CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE words (word text COLLATE folded PRIMARY KEY);
