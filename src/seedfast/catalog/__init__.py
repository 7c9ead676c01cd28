"""PostgreSQL's catalog and contents, read into the model."""
