"""Column batches into files, and into nothing at all."""
