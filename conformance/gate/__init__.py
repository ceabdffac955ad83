"""Gates: what a run is held against, a baseline or the runs before it."""
