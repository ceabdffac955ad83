"""The shorthand syntax of AWS CLI options: written from the tree, to be held against the page's."""

from __future__ import annotations

from awsconform.specs.documents.tree import Member, walk


def shorthand(member: Member) -> str | None:
    """The shorthand of an option as the CLI documents it; None where it cannot be foretold.

    That is the case for recursive members, and for lists of structures with one member, which
    have a form of their own.
    """
    if any(below.recursive for _, below in walk(member)):
        return None
    if member.type == "list" and member.item is not None:
        if member.item.type == "structure" and len(member.item.members) == 1:
            return None
        return _write(member.item, 0) + " ..."
    return _write(member, 0)


def _write(member: Member, depth: int) -> str:
    if member.type == "structure":
        inner = ",".join(
            f"{child.name}={_write(child, depth + 1)}"
            for child in member.members
            if child.type != "document"
        )
        return f"{{{inner}}}" if depth else inner
    if member.type == "list" and member.item is not None:
        item = _write(member.item, depth + 1)
        bracketed = member.item.type in ("structure", "list", "map") or depth > 1
        return f"[{item},{item}]" if bracketed else f"{item},{item}"
    if member.type == "map" and member.value is not None:
        value = _write(member.value, depth + 1)
        pair = f"KeyName1={value},KeyName2={value}"
        return f"{{{pair}}}" if depth else pair
    return member.type
