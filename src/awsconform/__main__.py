"""`python -m awsconform` is the command line."""

import sys

from awsconform.cli import main

main()
