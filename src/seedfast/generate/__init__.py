"""A plan to column batches."""
