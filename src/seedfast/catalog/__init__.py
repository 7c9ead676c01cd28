"""PostgreSQL to model: read the catalog, assemble it into values."""
