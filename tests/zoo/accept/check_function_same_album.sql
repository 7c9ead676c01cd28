-- A function in a CHECK wants both parents of a row to be of one album.
CREATE TABLE albums (id smallint PRIMARY KEY CHECK (id BETWEEN 1 AND 4), caption text NOT NULL);
CREATE TABLE photos (id serial PRIMARY KEY, album smallint NOT NULL REFERENCES albums, taken date NOT NULL);
CREATE TABLE stickers (id serial PRIMARY KEY, album smallint NOT NULL REFERENCES albums, glyph text NOT NULL);
CREATE FUNCTION of_one_album(photo integer, sticker integer) RETURNS boolean LANGUAGE sql STABLE AS
    'SELECT (SELECT album FROM photos WHERE id = photo) = (SELECT album FROM stickers WHERE id = sticker)';
CREATE TABLE stuck_on (
    photo integer NOT NULL REFERENCES photos, sticker integer NOT NULL REFERENCES stickers, UNIQUE (photo, sticker),
    CHECK (of_one_album(photo, sticker))
);
-- rows: albums=4
