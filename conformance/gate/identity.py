"""What counts as the same clause, and the same finding, in two runs.

It is the id, but for what is said once for a service: which of its operations shows that depends on
which are run, and in what order.
"""

from __future__ import annotations

import re

from awsconform.conformance.once_a_service import KINDS
from awsconform.conformance.outcomes import fingerprint_of

_ONCE = re.compile(rf"(?P<service>[^./]+)\.[^/]+(?P<rest>/[^#]*#(?:{'|'.join(KINDS)}))")


def clause_key(clause: str) -> str:
    """The same for what counts as the same clause, by its id."""
    once = _ONCE.fullmatch(clause)
    return f"{once['service']}.*{once['rest']}" if once else clause


def finding_key(clause: str, observation: str) -> str:
    """The same for what counts as the same finding; the fingerprint, where nothing is special."""
    return fingerprint_of(clause_key(clause), observation)
