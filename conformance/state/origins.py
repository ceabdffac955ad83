"""Whose things are: what a run made is its own, and what it only saw may be anybody's.

What others made is looked at and nothing else: no request that may change or remove something is
given a value of it.
"""

from __future__ import annotations

from awsconform.conformance.evidence import Observed
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.making import given
from awsconform.conformance.state.pool import UNIQUE, Pool
from awsconform.conformance.state.preparing import Bindings
from awsconform.conformance.state.scopes import Scopes, SetupFailed
from awsconform.conformance.wire.classification import Reaction
from awsconform.specs.contract import Contract
from awsconform.specs.effects import only_reads

# After these what was asked for may be there.
PERHAPS = (Reaction.SERVER_FAULT, Reaction.CRASHED, Reaction.UNREADABLE, Reaction.DROPPED)


class Origins:
    """Tells in a pool what was made from what was seen, by what is known of who makes what."""

    def __init__(self, pool: Pool, scopes: Scopes, knowledge: Knowledge) -> None:
        self.pool = pool
        self._scopes = scopes
        self._knowledge = knowledge

    def learn(self, observed: Observed) -> None:
        """Takes what an exchange shows to live, or to live no more."""
        contract, request = observed.contract, observed.exchange.case.value
        made = self._scopes.made_by(contract)
        gives = [each for r in made for each in given(r, request, observed).values()]
        if observed.reaction in PERHAPS and not only_reads(contract):
            named = (each for each in gives if isinstance(each, str))
            self.pool.own(each for each in named if not self.pool.knows(each))
        self.pool.learn(observed, self._knowledge.references(contract), gives)

    def is_own(self, maker: Contract, values: Bindings, around: Bindings) -> bool:
        """Whether what a request gave was made in this run.

        It was if the request made it, unless that was seen before: what exists already may be
        created with success. And if the request looked at something of this run, `around`.
        """
        texts = [each for each in values.values() if isinstance(each, str)]
        if not only_reads(maker):
            foreign = list(filter(self.pool.is_foreign, texts))
            # A short one, `1`, is of many things.
            telling = any(len(each) >= UNIQUE for each in foreign)
            return not telling and (len(foreign) < len(texts) or not texts)
        if not around or any(map(self.pool.is_foreign, around.values())):
            return False
        self.pool.own(texts)
        return True

    def offered(self, contract: Contract, bound: Bindings) -> Bindings:
        """What an operation is given.

        Raises:
            SetupFailed: it does not only read, and some of this was not made in this run.
        """
        if not only_reads(contract) and any(map(self.pool.is_foreign, bound.values())):
            raise SetupFailed("what there is was not made in this run, and is left as it is")
        return bound
