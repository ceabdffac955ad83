"""Prints every fault with the clauses that find it: `cd tests && python -m faulty [text]`.

With a text, only the faults whose line would have it. Exits with 1 if a fault is missed, found by
clauses it has nothing to do with, or if a kind of clause has no fault to find.

`python -m faulty --replay [text]` replays each finding: it has to come up again on the fault, and
to be fixed on an implementation that is right. Exits with 1 where one does not.
"""

from __future__ import annotations

import sys
from collections import Counter

from faulty.catalog import faults, kinds_proven, kinds_stated
from faulty.fault import Fault, Trial, tried
from faulty.replayed import twice


def main(text: str = "") -> int:
    """Tries the faults, prints the table, and returns the exit code."""
    wanted = [fault for fault in faults() if text in _title(fault)]
    verdicts: Counter[str] = Counter()
    for fault in wanted:
        trial = tried(fault)
        verdict = _verdict(trial)
        verdicts[verdict] += 1
        print(f"{verdict:<9} {_title(fault)}")
        for clause in _shown(trial):
            print(f"          {clause}")
    print()
    print(f"{len(wanted)} faults: {_counted(verdicts)}")
    unproven = sorted(f"{part}#{kind}" for part, kind in kinds_stated() - kinds_proven())
    print(f"{len(kinds_proven())} kinds of clauses find a fault; without one: {unproven or 'none'}")
    return 0 if wanted and set(verdicts) == {"found"} and not unproven else 1


def replayed(text: str = "") -> int:
    """Replays what the faults show, prints what comes otherwise than due, gives the exit code."""
    wanted = [fault for fault in faults() if text in _title(fault)]
    results: Counter[str] = Counter()
    wrong = 0
    for fault in wanted:
        made = twice(fault)
        results.update(f"{each.result} on the fault" for each in made.faulty)
        results.update(f"{each.result} on what is right" for each in made.right)
        told = list(made.wrong)
        wrong += len(told)
        print(f"{'WRONG' if told else 'replayed':<9} {_title(fault)}", flush=True)
        for each in told:
            print(f"          {each}")
    print()
    print(f"{len(wanted)} faults: {_counted(results)}")
    return 0 if wanted and not wrong else 1


def _title(fault: Fault) -> str:
    return f"{fault} ({', '.join(fault.expects)})"


def _verdict(trial: Trial) -> str:
    if trial.missed or trial.failed:
        return "MISSED"
    return "UNRELATED" if trial.unrelated else "found"


def _shown(trial: Trial) -> list[str]:
    """The clauses that found the fault, and what is wrong with the trial."""
    return [
        *(f"missed by {clause}" for clause in trial.missed),
        *(f"failed: {clause}" for clause in trial.failed),
        *(
            f"found by {clause}: {each.findings[0].observed}"
            for clause, each in trial.violated.items()
        ),
    ]


def _counted(verdicts: Counter[str]) -> str:
    return ", ".join(f"{count} {verdict.lower()}" for verdict, count in sorted(verdicts.items()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--replay"]:
        sys.exit(replayed(*sys.argv[2:3]))
    sys.exit(main(*sys.argv[1:2]))
