-- Names that hold no word at all, of tables and of columns of every family, with children of their own.
CREATE TABLE "_" ("$" serial PRIMARY KEY, "#" integer NOT NULL, "%" numeric(8, 2), "?" boolean, "--" text, " " timestamptz, "  " date, "{}" jsonb, "[]" text[]);
CREATE TABLE "!" ("1" serial PRIMARY KEY, "-" integer NOT NULL REFERENCES "_", "€" integer, "2" numeric(8, 2), "+" timestamptz, "*" integer REFERENCES "!");
CREATE TABLE "日本" ("数" integer PRIMARY KEY, "名" text NOT NULL, "親" integer REFERENCES "日本", "時" timestamptz, "_id" integer, "__type" text);
CREATE UNIQUE INDEX ON "!" ("-", "€");
CREATE TABLE credentials (id serial PRIMARY KEY, password_hash text NOT NULL, "_" text, "$" text);
CREATE TABLE visits ("_" integer NOT NULL REFERENCES "_", "~" date NOT NULL, "€" numeric(8, 2), PRIMARY KEY ("_", "~"));
