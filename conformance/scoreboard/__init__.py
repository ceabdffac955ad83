"""Several targets judged by the same clauses, side by side."""
