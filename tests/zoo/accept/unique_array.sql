-- Arrays as keys.
CREATE TABLE sets (members uuid[] PRIMARY KEY, labels text[] UNIQUE);
