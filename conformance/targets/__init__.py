"""Targets: implementations under test, each named by one string."""
