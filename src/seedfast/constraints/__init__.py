"""What a table's constraints allow: expressions read with PostgreSQL's grammar, turned into what columns may hold."""
