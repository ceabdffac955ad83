"""Checks: `judge(clause, evidence) -> outcome`, pure, one small module a family of clauses."""
