-- Spaces, capitals, quotes, percent signs and dots in names.
CREATE TABLE "Order Details" ("Order ID" serial PRIMARY KEY, "Unit Price" numeric(8,2) NOT NULL, "100%" integer,
    "a.b" text, "say ""hi""" text NOT NULL);
CREATE TABLE "Line's End" ("Id" serial PRIMARY KEY, "Order ID" integer NOT NULL REFERENCES "Order Details");
