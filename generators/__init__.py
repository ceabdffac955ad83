"""Contracts become cases: valid requests and responses, and ones that break exactly one clause."""
