-- Names beyond ASCII.
CREATE TABLE "Größe" ("Schlüssel" serial PRIMARY KEY, "名前" text NOT NULL, "цена" numeric(8,2) NOT NULL CHECK ("цена" > 0));
CREATE TABLE "éléments" ("id" serial PRIMARY KEY, "größe_id" integer NOT NULL REFERENCES "Größe");
