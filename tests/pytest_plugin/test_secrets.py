"""Nothing secret is in what pytest prints or writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reports import repeating

Run = Callable[..., pytest.RunResult]

TEST = """
    import awsconform
    import pytest
    from repeating_farm import Repeating

    APP = Repeating(crashes={crashes})

    @pytest.fixture(scope="session")
    def target():
        yield APP
        with open("secrets.txt", "w") as file:
            file.write("\\n".join(APP.secrets))

    @awsconform.clauses("deadline.GetFarm", seed=1, examples=0)
    def test_contract(target): ...
"""


NOTHING_KNOWN = """{
    "format": "awsconform-baseline", "version": 1, "findings": [], "clauses": []
}"""


@pytest.mark.parametrize("words", [[], ["--awsconform-baseline=baseline.json"]])
@pytest.mark.parametrize("crashes", [False, True])
def test_what_was_met_in_set_up_alone_is_in_no_failure(
    crashes: bool, words: list[str], pytester: pytest.Pytester, run: Run
) -> None:
    pytester.syspathinsert()
    source = Path(repeating.__file__).read_text(encoding="utf-8")
    (pytester.path / "repeating_farm.py").write_text(source, encoding="utf-8")
    pytester.makepyfile(test_it=TEST.format(crashes=crashes))
    (pytester.path / "baseline.json").write_text(NOTHING_KNOWN, encoding="utf-8")
    done = run("--junitxml=results.xml", "-ra", "-vv", *words)
    assert done.parseoutcomes()["failed"] > 0
    secrets = (pytester.path / "secrets.txt").read_text(encoding="utf-8").split()
    printed = done.stdout.str() + done.stderr.str()
    for text in (printed, (pytester.path / "results.xml").read_text(encoding="utf-8")):
        assert "[hidden]" in text
        assert not [each for each in secrets if each in text]
    assert len(secrets) > 4
