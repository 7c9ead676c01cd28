"""What a database is: types, constraints, tables. Values without behaviour that reaches outside."""
