-- A ring with a deferrable key on the side that may not be NULL, beside a key over the same columns.
CREATE TABLE lock_modes (lock_name text NOT NULL, lock_key text NOT NULL, write_lock boolean NOT NULL, token text NOT NULL);
CREATE UNIQUE INDEX ON lock_modes (lock_name, lock_key);
CREATE UNIQUE INDEX ON lock_modes (lock_name, lock_key, write_lock);
CREATE TABLE locks (lock_name text NOT NULL, lock_key text NOT NULL, write_lock boolean NOT NULL, instance_name text NOT NULL, token text NOT NULL, last_renewed_ts bigint NOT NULL, FOREIGN KEY (lock_name, lock_key, write_lock) REFERENCES lock_modes (lock_name, lock_key, write_lock));
CREATE UNIQUE INDEX ON locks (lock_name, lock_key, token);
CREATE UNIQUE INDEX ON locks (lock_name, lock_key) WHERE write_lock;
ALTER TABLE lock_modes ADD FOREIGN KEY (lock_name, lock_key, token) REFERENCES locks (lock_name, lock_key, token) DEFERRABLE INITIALLY DEFERRED;
