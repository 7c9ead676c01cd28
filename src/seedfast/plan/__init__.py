"""From a database's structure to a plan: which rows, from which generators, in which order, and why."""
