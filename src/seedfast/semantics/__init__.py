"""From names, types and neighbours to meaning, with reasons."""
