"""Promises against the database."""
