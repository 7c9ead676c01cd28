"""How often the first guess of a column's meaning is right, on columns that people labelled."""
