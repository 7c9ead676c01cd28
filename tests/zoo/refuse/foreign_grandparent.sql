-- The value that a child asks for stops at the grandparent.
-- unsatisfiable: towns = towns_land, towns_land_fkey, regions_land_fkey of public.regions, lands_known of public.lands, towns.land NOT NULL, towns.region NOT NULL
-- fills: lands, regions
CREATE TABLE lands (land text PRIMARY KEY CONSTRAINT lands_known CHECK (land IN ('at', 'de')));
CREATE TABLE regions (land text REFERENCES lands, region integer, PRIMARY KEY (land, region));
CREATE TABLE towns (
    id serial PRIMARY KEY,
    land text NOT NULL CONSTRAINT towns_land CHECK (land = 'fr'),
    region integer NOT NULL,
    CONSTRAINT towns_land_fkey FOREIGN KEY (land, region) REFERENCES regions
);
