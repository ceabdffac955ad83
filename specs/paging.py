"""What an operation's pages hold: the items, the tokens of the next page, the flag for more.

The expressions are botocore's, and are read as its paginators read them: a page without a token is
the last one, and so is one whose flag says so, whatever token it has.
"""

from __future__ import annotations

import re
from typing import Any

import jmespath

from awsconform.specs.contract import Contract, Pagination

# These say after which item to go on; any name in that order is as good as one that was given.
_KEY = re.compile(r"^(Exclusive)?Start[A-Z]|(Key|Id|Name|Type|Version)Marker$")
_PLAIN = re.compile(r"\w+(\.\w+)*")
# A limit that counts something else than the items of the first list.
_OTHER_LIMITS = frozenset(("MaxDatapoints",))


def pages_of(contract: Contract) -> Pagination:
    """How the operation pages; only asked of operations that do."""
    assert contract.pagination is not None
    return contract.pagination


def more(contract: Contract, page: dict[str, Any]) -> Any:
    """What a page's flag says of more results; None where it has none."""
    flag = pages_of(contract).more_results
    return jmespath.search(flag, page) if flag else None


def given_tokens(contract: Contract, page: dict[str, Any]) -> dict[str, Any]:
    """The tokens on a page as they are, null and empty ones too, by the member to send each in."""
    pages = pages_of(contract)
    return {
        sent: jmespath.search(given, page)
        for sent, given in zip(pages.input_token, pages.output_token, strict=False)
    }


def next_tokens(contract: Contract, page: dict[str, Any]) -> dict[str, Any]:
    """The members that ask for the next page; none after the last one."""
    if more(contract, page) is False:
        return {}
    return {name: token for name, token in given_tokens(contract, page).items() if token}


def lists_of(contract: Contract, page: dict[str, Any]) -> list[list[Any]]:
    """Each list of items on a page: what is listed first, then what is paged along with it.

    The entries of a map are items as well, `[key, value]` each.
    """
    found = (jmespath.search(path, page) for path in pages_of(contract).result)
    return [_listed(each) for each in found]


def items_of(contract: Contract, page: dict[str, Any]) -> list[Any]:
    """The items on a page; of several lists those of the first, which is what is listed."""
    lists = lists_of(contract, page)
    return lists[0] if lists else []


def limits_items(contract: Contract) -> bool:
    """Whether the limit is one of items of a list, not of something else."""
    pages = pages_of(contract)
    return pages.limit is not None and pages.limit not in _OTHER_LIMITS


def is_opaque(contract: Contract) -> bool:
    """Whether nobody but the service can make a token: it is no name to go on after."""
    pages = pages_of(contract)
    sent = contract.place("request", (pages.input_token[0],))
    return (
        len(pages.input_token) == 1
        and _PLAIN.fullmatch(pages.output_token[0]) is not None
        and _KEY.search(pages.input_token[0]) is None
        and sent is not None
        and sent.kind == "string"
    )


def _listed(found: Any) -> list[Any]:
    if isinstance(found, dict):
        return [[key, value] for key, value in found.items()]
    return found if isinstance(found, list) else []
