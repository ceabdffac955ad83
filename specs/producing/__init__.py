"""Who makes what others need, inferred from the models of a service alone.

A resource of the result is made by one operation; what that needs in turn is in `needs`. Who makes
resources has to share: within one operation's run a needed resource is made once, so that the
items a listing operation owns lie in the same parent as the one its request names, and a setting
(`gives` is empty) is set on the thing which the operation asks about.
"""

from awsconform.specs.producing.inferring import (
    Reference,
    graph_of,
    hints_for,
    inferred,
    references,
)

__all__ = ["Reference", "graph_of", "hints_for", "inferred", "references"]
