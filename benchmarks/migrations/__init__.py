"""Migrations, replayed: after every step of a history the database is seeded, and nobody had to help."""
