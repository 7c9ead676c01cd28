"""Generators of values: families of kinds that know no tables and no plans."""
