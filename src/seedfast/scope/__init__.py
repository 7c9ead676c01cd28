"""What is wanted of a run beyond its size: a request in words, compiled once into a specification of typed wishes."""
