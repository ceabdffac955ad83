from __future__ import annotations

import random
import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsconform.generators import requests
from awsconform.generators.choices import RandomChoices
from awsconform.generators.locations import Location, location_of
from awsconform.generators.requests import Labelled
from awsconform.generators.shapes import Fill, Growth
from awsconform.generators.strategies import requests as valid_requests
from awsconform.generators.values import Values, values_of
from awsconform.specs.clauses import clauses
from awsconform.specs.contract import Contract
from awsconform.specs.validation import failures
from generators.oracles import complaints, refusals
