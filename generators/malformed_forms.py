"""Bodies that name the operation and are no proper form otherwise.

AWS answers these with MalformedQueryString. Text without the operation's name leads to no
operation, which says nothing of it.
"""

from __future__ import annotations

from awsconform.specs.contract import Contract

LABELS = ("broken escape", "invalid UTF-8")
WRONG_KINDS: tuple[str, ...] = ()


def body(label: str, contract: Contract, word: str, number: int) -> bytes:
    """A body that is malformed in the way the label says; `word` is nobody's name."""
    broken = "%G1" if label == "broken escape" else "%FF%FE"
    named = f"Action={contract.operation}&Version={contract.api_version}"
    return f"{named}&{word.capitalize()}={broken}{number}".encode()
