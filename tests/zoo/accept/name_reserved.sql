-- Reserved words as names of tables and columns.
CREATE TABLE "user" ("id" serial PRIMARY KEY, "select" text NOT NULL, "from" date, "primary" boolean NOT NULL,
    "check" integer CHECK ("check" > 0), "end" date, "order" integer);
CREATE TABLE "table" ("user" integer NOT NULL REFERENCES "user", "column" text, "default" integer,
    PRIMARY KEY ("user", "default"));
CREATE UNIQUE INDEX ON "user" ("order") WHERE "primary";
