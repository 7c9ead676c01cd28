"""A language model as an untrusted adviser: it is shown metadata, and what it says is checked like a stranger's file."""
