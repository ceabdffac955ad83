"""`python -m awsconform` is the command line."""

from awsconform.cli import main

main()
