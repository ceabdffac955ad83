"""Valid requests per CPU second: the suite's strategies against those of others.

`--against obvious`: strategies made of the same schemas with `from_regex`, `fixed_dictionaries` and
`filter`. `--against schemathesis`: what Schemathesis generates from the same schemas, with
structures closed so that it need not think of further members; wants the extra `benchmark`.

Both run as a Hypothesis test of so many examples with the same settings, in this process,
alternately. Every request is checked afterwards, and only valid ones count. What is printed is the
median of the repetitions, once with one request an example, where Hypothesis' own work on every
example weighs most, and once with ten. Above stands the rate of a single integer, which no strategy
can beat.

    python benchmarks/generation.py --examples 200 --repetitions 5
    python benchmarks/generation.py --against schemathesis
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awsconform.generators import strategies
from awsconform.specs.catalog import select
from awsconform.specs.contract import Contract, dense
from awsconform.specs.patterns import inner
from awsconform.specs.validation import is_valid

BATCHES = (1, 10)
GOALS = {"obvious": 4.0, "schemathesis": 5.0}
# Three patterns side by side, enumerations inside lists, a list of objects, and large requests.
SIX = (
    "application-insights.RemoveWorkload",
    "sagemaker-edge.SendHeartbeat",
    "ecs.PutAttributes",
    "dynamodb.CreateTable",
    "lambda.CreateFunction",
    "sagemaker.CreateTrainingJob",
)


def obvious(contract: Contract, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """The strategy a schema suggests at first sight."""
    resolved = contract.resolve(schema)
    kind = resolved.get("aws", {}).get("type")
    if "enum" in resolved:
        return st.sampled_from(resolved["enum"])
    if resolved.get("aws", {}).get("union"):
        arms = resolved["properties"].items()
        return st.one_of(
            *(st.fixed_dictionaries({name: obvious(contract, arm)}) for name, arm in arms)
        )
    match kind:
        case "structure":
            members = {
                name: obvious(contract, member)
                for name, member in resolved.get("properties", {}).items()
            }
            required = {name: members.pop(name) for name in resolved.get("required", ())}
            return st.fixed_dictionaries(required, optional=members)
        case "list":
            low, high = resolved.get("minItems", 0), resolved.get("maxItems")
            return st.lists(obvious(contract, dense(resolved["items"])), min_size=low,
                            max_size=high)  # fmt: skip
        case "map":
            low, high = resolved.get("minProperties", 0), resolved.get("maxProperties")
            keys = obvious(contract, resolved["propertyNames"])
            values = obvious(contract, dense(resolved["additionalProperties"]))
            return st.dictionaries(keys, values, min_size=low, max_size=high)
        case "string":
            return obvious_text(resolved)
        case "integer" | "long":
            return st.integers(resolved.get("minimum", 0), resolved.get("maximum", 2**31 - 1))
        case "float" | "double":
            low, high = resolved.get("minimum"), resolved.get("maximum")
            return st.floats(low, high, allow_nan=False, allow_infinity=False)
        case "boolean":
            return st.booleans()
        case "timestamp":
            return st.datetimes().map(lambda instant: f"{instant:%Y-%m-%dT%H:%M:%SZ}")
    raise NotImplementedError(kind)


def obvious_text(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    """Strings by the pattern, filtered by length; or by length alone."""
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    if "pattern" not in schema:
        return st.text(min_size=low, max_size=high)
    found = st.from_regex(inner(schema["pattern"]), fullmatch=True)
    return found.filter(lambda text: low <= len(text) and (high is None or len(text) <= high))


def from_obvious(contract: Contract) -> st.SearchStrategy[Any]:
    """The obvious strategy of a contract's requests."""
    return obvious(contract, {"$ref": f"#/$defs/{contract.input_shape}"})


def from_schemathesis(contract: Contract) -> st.SearchStrategy[Any]:
    """What Schemathesis makes of the schema of a contract's requests."""
    import jsonschema_rs
    from schemathesis.generation.jsonschema.builder import build
    from schemathesis.specs.openapi.formats import get_default_format_strategies

    schema = _plain(contract.part("request"))
    formats = get_default_format_strategies()
    found: st.SearchStrategy[Any] = build(schema, draft=jsonschema_rs.Draft202012, formats=formats)
    return found


def _plain(schema: Any) -> Any:
    """The schema without our annotations, and with its structures closed."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: each for name, each in schema.items() if name not in ("aws", "sources")}
    plain = {
        name: {key: _plain(each) for key, each in value.items()}
        if name in ("properties", "$defs")
        else value
        if name in ("enum", "required")
        else _plain(value)
        for name, value in kept.items()
    }
    return {**plain, "additionalProperties": False} if "properties" in plain else plain


STRATEGIES: Mapping[str, Callable[[Contract], st.SearchStrategy[Any]]] = {
    "obvious": from_obvious,
    "schemathesis": from_schemathesis,
}


def rate(
    strategy: st.SearchStrategy[Any],
    examples: int,
    batch: int,
    valid: Callable[[Any], bool] = lambda value: True,
) -> float:
    """Valid requests per CPU second of a test that does nothing with them."""
    made: list[Any] = []

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(strategy, min_size=batch, max_size=batch))
    def test(values: list[Any]) -> None:
        made.extend(values)

    start = time.process_time()
    test()
    seconds = time.process_time() - start
    return sum(map(valid, made)) / seconds


@dataclass(frozen=True)
class Measured:
    """An operation's median rates with one size of batch; `ratio` is the median of the ratios."""

    name: str
    batch: int
    ours: float
    others: float
    ratio: float


def measure(
    contract: Contract, against: str, *, examples: int, batch: int, repetitions: int
) -> Measured:
    """Measures both strategies of an operation, one after the other."""
    both = strategies.requests(contract), STRATEGIES[against](contract)

    def valid(value: Any) -> bool:
        return is_valid(contract, "request", value)

    pairs = [tuple(rate(each, examples, batch, valid) for each in both) for _ in range(repetitions)]
    return Measured(
        contract.id,
        batch,
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] if pair[1] else math.inf for pair in pairs),
    )


def floor(*, examples: int, batch: int, repetitions: int) -> float:
    """The median rate of a single integer: what Hypothesis itself takes, nobody can beat."""
    integers = st.integers(0, 2**16 - 1)
    return statistics.median(rate(integers, examples, batch) for _ in range(repetitions))


def summary(measured: Sequence[Measured], goal: float) -> str:
    """The last line: every measurement below the goal, whatever the operation."""
    missed = [
        f"{each.name} at batch {each.batch} ({each.ratio:.1f})"
        for each in measured
        if each.ratio < goal
    ]
    return f"below {goal:g} times: {', '.join(missed) or 'none'}"


def main() -> None:
    """Measures and prints a table for each size of batch."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "names", nargs="*", default=SIX, help="service or service.Operation; default: six"
    )
    parser.add_argument("--against", choices=tuple(STRATEGIES), default="obvious")
    parser.add_argument("--examples", type=int, default=40)
    parser.add_argument(
        "--batch", type=int, action="append", help="requests an example; default: both 1 and 10"
    )
    parser.add_argument("--repetitions", type=int, default=5)
    options = parser.parse_args()
    against, goal = options.against, GOALS[options.against]
    size = {"examples": options.examples, "repetitions": options.repetitions}
    contracts = list(select(options.names))
    measured: list[Measured] = []
    for batch in options.batch or BATCHES:
        title = f"valid requests per CPU second, batch {batch}"
        print(f"{title:52} {'ours':>8} {against:>12} {'ratio':>6}")
        least = floor(batch=batch, **size)
        print(f"{'Hypothesis alone, an integer for each request':52} {least:8.0f} {least:12.0f}")
        for contract in contracts:
            found = measure(contract, against, batch=batch, **size)
            measured.append(found)
            note = f"  below {goal:g}" if found.ratio < goal else ""
            rates = f"{found.ours:8.0f} {found.others:12.0f} {found.ratio:6.1f}"
            print(f"{found.name:52} {rates}{note}", flush=True)
    print(summary(measured, goal))


if __name__ == "__main__":
    main()
