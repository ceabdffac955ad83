"""Implementations broken on purpose, each the embedded emulator with one thing wrong."""
