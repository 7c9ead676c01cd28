-- A shop whose tables are named in German.
CREATE TABLE kunden (
    id bigint PRIMARY KEY, vorname text NOT NULL, nachname text NOT NULL, email text NOT NULL, telefon text,
    ist_aktiv boolean NOT NULL, erstellt_am timestamptz NOT NULL
);
CREATE TABLE kundenadressen (id bigint PRIMARY KEY, kunde_id bigint NOT NULL REFERENCES kunden, strasse text, plz text, ort text);
CREATE TABLE kategorien (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE lieferanten (id serial PRIMARY KEY, firma text NOT NULL);
CREATE TABLE artikel (
    id bigint PRIMARY KEY, kategorie_id int REFERENCES kategorien, lieferant_id int REFERENCES lieferanten,
    bezeichnung text NOT NULL, preis numeric(10, 2) NOT NULL
);
CREATE TABLE bestellungen (
    id bigint PRIMARY KEY, kunde_id bigint NOT NULL REFERENCES kunden,
    status text NOT NULL CHECK (status IN ('offen', 'bezahlt', 'versendet', 'storniert')), gesamtbetrag numeric(12, 2) NOT NULL,
    bestellt_am timestamptz NOT NULL
);
CREATE TABLE bestellpositionen (
    id bigint PRIMARY KEY, bestellung_id bigint NOT NULL REFERENCES bestellungen, artikel_id bigint NOT NULL REFERENCES artikel, menge int
);
CREATE TABLE rechnungen (id bigint PRIMARY KEY, bestellung_id bigint NOT NULL REFERENCES bestellungen, betrag numeric(12, 2), bezahlt_am timestamptz);
CREATE TABLE zahlungen (id bigint PRIMARY KEY, rechnung_id bigint NOT NULL REFERENCES rechnungen, betrag numeric(12, 2));
CREATE TABLE bewertungen (id bigint PRIMARY KEY, artikel_id bigint NOT NULL REFERENCES artikel, kunde_id bigint REFERENCES kunden, sterne int);
CREATE TABLE gutscheine (id bigint PRIMARY KEY, code text NOT NULL);
CREATE TABLE lagerbestand (artikel_id bigint PRIMARY KEY REFERENCES artikel, menge int NOT NULL);
CREATE TABLE mitarbeiter (id bigint PRIMARY KEY, vorname text, nachname text);
CREATE TABLE protokolle (id bigint PRIMARY KEY, aktion text, zeitpunkt timestamptz);
