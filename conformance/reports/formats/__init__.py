"""Reports for other programs: each format is a function of the report document that gives text."""
