"""`python -m awsconform` is the command line."""

from awsconform.cli import main

# Processes that are started anew import this module once more.
if __name__ == "__main__":
    main()
