"""Contracts: what AWS documents of an operation, as JSON Schema."""
