"""Column batches into PostgreSQL."""
