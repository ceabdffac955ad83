"""The pytest front: every clause an item, run by `pytest --pyargs awsconform.conformance.suite`."""
