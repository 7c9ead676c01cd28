"""A PostgreSQL server of our own, from a wheel, for demos and tests."""
