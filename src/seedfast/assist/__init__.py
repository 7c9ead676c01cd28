"""A language model as an untrusted adviser: shown metadata alone, and checked like a stranger's file."""
