"""What a listing operation lists, by its name and by the list in its response."""

from __future__ import annotations

from collections.abc import Iterator

from awsconform.specs.producing.nouns import undecorated
from awsconform.specs.producing.service_model import OperationModel
from awsconform.specs.producing.verbs import Role
from awsconform.specs.producing.words import is_participle, is_plural, key, named, words


def item_keys(operation: OperationModel) -> Iterator[str]:
    """The keys of the nouns an operation's items may have, the likeliest first."""
    noun = operation.action.noun
    many = operation.action.role is Role.LIST or (noun and is_plural(noun[-1]))
    if not many:
        noun = ()
    yield key(noun)
    while noun and is_participle(noun[0]):
        noun = noun[1:]
        yield key(noun)
    yield key(undecorated(noun))
    for path, shape in operation.lists:
        yield named(path[-1]).key
        yield key(undecorated(words(path[-1])))
        yield key(undecorated(named(shape).words))
