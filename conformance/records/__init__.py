"""The record of a run: what was sent, what came back and what came of it, written as it goes."""
