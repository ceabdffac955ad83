"""Scripts: what is sent to bring up the clauses of an operation, and in which order."""
