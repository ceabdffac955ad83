"""Baselines are read strictly: each way to be wrong has its error, its place and what to do."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from awsconform.conformance.gate import errors, reading
from awsconform.conformance.gate.baseline import Baseline, Entry, FlakySet
from awsconform.conformance.gate.json_file import FileUnreadable, NotJSON
from awsconform.conformance.gate.reading import read_baseline, read_known
from awsconform.conformance.gate.settings import Settings
from awsconform.conformance.gate.validating import baseline_of, baseline_schema
from awsconform.conformance.gate.writing import baseline_text, write_baseline
from awsconform.conformance.outcomes import fingerprint_of
from awsconform.errors import AwsconformError, UsageError
from gate.test_properties import baselines

CLAUSE = "farm.GetFarm/request/farmId#required"
ENTRY = {
    "fingerprint": fingerprint_of(CLAUSE, "accepted"),
    "clause": CLAUSE,
    "observation": "accepted",
}
OTHER = {**ENTRY, "observation": "rejected", "fingerprint": fingerprint_of(CLAUSE, "rejected")}
# Of a clause on a whole service, as two of its operations show it.
ONCE = [
    {**ENTRY, "clause": clause, "fingerprint": fingerprint_of(clause, "accepted")}
    for clause in ("farm.GetFarm/errors#unknown-operation", "farm.Bar/errors#unknown-operation")
]
VALIDATOR = jsonschema.Draft202012Validator(
    baseline_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def document(**members: Any) -> dict[str, Any]:
    return {"format": "awsconform-baseline", "version": 1, **members}


def known(**members: Any) -> dict[str, Any]:
    """A baseline with one entry that has such members as well."""
    return document(findings=[{**ENTRY, **members}])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "baseline.json"


@pytest.mark.parametrize(
    ("stated", "error", "told"),
    [
        ([], errors.NotABaseline, "is no baseline"),
        ({"findings": []}, errors.NotABaseline, "`awsconform baseline update"),
        (document(version=2), errors.UnknownVersion, "#/version: has version 2"),
        (document(version="1"), errors.InvalidValue, "#/version"),
        ({"format": "awsconform-baseline"}, errors.MissingMember, "version"),
        (document(finding=[]), errors.UnknownMember, "did you mean findings?"),
        (document(owner="us"), errors.UnknownMember, "comments are called comment"),
        (document(run={"sed": 1}), errors.UnknownMember, "#/run/sed: * did you mean seed?"),
        (document(run={"seed": 1}), errors.MissingMember, "#/run: "),
        (document(extends="a.json"), errors.WrongType, "#/extends: "),
        (document(clauses=[CLAUSE, 7]), errors.WrongType, "#/clauses/1: "),
        (document(clauses=[CLAUSE, CLAUSE]), errors.DuplicateEntry, "#/clauses/1: * /clauses/0"),
        (document(clauses=[CLAUSE], drawn=[CLAUSE]), errors.DuplicateEntry, "* /drawn/0"),
        (document(findings=[ENTRY, ENTRY]), errors.DuplicateEntry, "#/findings/1: "),
        (document(findings=ONCE), errors.DuplicateEntry, "#/findings/1: "),
        (known(observation="half of \ud83d"), errors.BadFingerprint, "#/findings/0/fingerprint: "),
        (
            document(findings=[ENTRY], flaky={"a/b": {"findings": [ENTRY]}}),
            errors.DuplicateEntry,
            "#/flaky/a~1b/findings/0: ",
        ),
        (document(findings=["no"]), errors.WrongType, "#/findings/0: "),
        (document(findings=[{"clause": CLAUSE}]), errors.MissingMember, "#/findings/0: "),
        (document(flaky={"slow": {"finding": []}}), errors.UnknownMember, "mean findings?"),
        (document(flaky={"slow": {}}), errors.MissingMember, "#/flaky/slow: "),
        (known(resaon="x"), errors.UnknownMember, "#/findings/0/resaon: * did you mean reason?"),
        (known(Expires="x"), errors.UnknownMember, "did you mean expires?"),
        (known(reason=3), errors.WrongType, "#/findings/0/reason: "),
        (known(flaky="yes"), errors.WrongType, "#/findings/0/flaky: "),
        (known(expires="2030-02-30"), errors.BadDate, "#/findings/0/expires: "),
        (known(expires="20300131"), errors.BadDate, "dates are written as 2030-01-31"),
        (known(expires="next week"), errors.BadDate, "'next week' is no date"),
        (known(issue="#12"), errors.BadURL, "#/findings/0/issue: '#12' is no address"),
        (known(fingerprint="0" * 12), errors.BadFingerprint, ENTRY["fingerprint"]),
    ],
)
def test_each_way_to_be_wrong_has_its_error_and_its_place(
    file: Path, stated: Any, error: type[AwsconformError], told: str
) -> None:
    file.write_text(json.dumps(stated), encoding="utf-8")
    with pytest.raises(error) as raised:
        read_baseline(file)
    assert type(raised.value) is error
    text = str(raised.value)
    assert text.startswith(str(file))
    place = -1
    for part in told.split("* "):
        place = text.index(part, place + 1)
    assert raised.value.exit_code == 2


def test_what_cannot_be_read_is_told_apart(file: Path, tmp_path: Path) -> None:
    with pytest.raises(errors.BaselineMissing, match="--update-baseline"):
        read_baseline(file)
    with pytest.raises(FileUnreadable):
        read_baseline(tmp_path)
    file.write_text('{\n"format": "awsconform-baseline"\n"version": 1}', encoding="utf-8")
    with pytest.raises(NotJSON, match=r"baseline\.json:3: "):
        read_baseline(file)
    file.write_text('{"findings": [],\n"findings": []}', encoding="utf-8")
    with pytest.raises(NotJSON, match="'findings' is there twice"):
        read_baseline(file)


def test_everything_a_file_may_say_is_read(file: Path) -> None:
    stated = document(
        comment="as of the spring",
        **{"$comment": {"any": "thing"}, "x-team": ["emulators"]},
        run={
            "seed": 7,
            "examples": 20,
            "levels": ["MUST"],
            "clauses": None,
            "versions": {"hypothesis": "6"},
        },
        findings=[
            {
                **ENTRY,
                "drawn": 7,
                "reason": "größer",
                "issue": "https://example.com/1?a=b#c",
                "expires": "2030-01-31",
                "owner": {"team": "us"},
            }
        ],
        flaky={"slow": {"reason": "it is", "findings": [OTHER], "clauses": [CLAUSE]}},
        clauses=[CLAUSE],
    )
    VALIDATOR.validate(stated)
    file.write_text("\ufeff" + json.dumps(stated), encoding="utf-8")
    baseline = read_baseline(file)
    [entry], [flaky] = baseline.findings, baseline.flaky
    assert (entry.reason, entry.issue) == ("größer", "https://example.com/1?a=b#c")
    assert entry.expires == datetime.date(2030, 1, 31)
    assert entry.drawn == 7
    assert entry.written["owner"] == {"team": "us"}
    assert flaky.findings == (Entry(CLAUSE, "rejected"),)
    assert flaky.clauses == (CLAUSE,)
    assert baseline.run == Settings(7, 20, ("MUST",), None, {"hypothesis": "6"})
    assert list(baseline.written) == ["comment", "$comment", "x-team"]
    write_baseline(file, baseline)
    again = json.loads(file.read_text(encoding="utf-8"))
    assert again == stated


def test_the_schema_is_one_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(baseline_schema())


@given(baselines())
def test_what_is_written_keeps_the_schema(baseline: Baseline) -> None:
    VALIDATOR.validate(json.loads(baseline_text(baseline)))


def test_the_example_of_the_guide_is_one() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "GATE.md").read_text(encoding="utf-8")
    stated = json.loads(guide.partition("```json\n")[2].partition("```")[0])
    VALIDATOR.validate(stated)
    first, second = baseline_of(stated, "GATE.md").findings
    assert (first.expires, second.reason) == (datetime.date(2030, 1, 31), None)


def test_text_is_for_people_and_hides_nothing_from_them() -> None:
    entry = Entry(CLAUSE, "says \u202e\U000e0001", written={"reason": "größer\nals"})
    text = baseline_text(Baseline(findings=(entry,)))
    assert "größer\\nals" in text
    assert "says \\u202e\\udb40\\udc01" in text
    assert baseline_of(json.loads(text), "f").findings == (entry,)


def test_nothing_is_written_where_nothing_changes(file: Path) -> None:
    write_baseline(file, Baseline())
    file.chmod(0o444)
    before = file.stat().st_mtime_ns
    write_baseline(file, Baseline())
    assert file.stat().st_mtime_ns == before


def test_where_there_is_no_room_for_all_of_it_nothing_is_lost(file: Path) -> None:
    resource = pytest.importorskip("resource")
    write_baseline(file, Baseline(written={"comment": "by hand"}))
    before, limits = file.read_text(encoding="utf-8"), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, limits[1]))
    try:
        with pytest.raises(UsageError, match="cannot write"):
            write_baseline(file, Baseline(clauses=(CLAUSE,) * 40))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert file.read_text(encoding="utf-8") == before
    assert list(file.parent.iterdir()) == [file]


def test_where_nothing_can_be_written_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        write_baseline(tmp_path / "no" / "such" / "folder.json", Baseline())


def put(file: Path, **members: Any) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document(**members)), encoding="utf-8")
    return file


def test_what_it_extends_is_known_too_and_the_nearer_counts(tmp_path: Path) -> None:
    put(tmp_path / "far" / "base.json", findings=[{**ENTRY, "reason": "far"}, OTHER])
    put(
        tmp_path / "near.json",
        extends=["far/base.json"],
        findings=[{**ENTRY, "reason": "near"}],
        clauses=[CLAUSE],
    )
    own = put(tmp_path / "own.json", extends=["far/base.json", "near.json"])
    found = read_known(own)
    assert {each.entry.observation: each.reason for each in found.entries.findings.values()} == {
        "accepted": "near",
        "rejected": None,
    }
    assert all(each.inherited for each in found.entries.findings.values())
    assert [each.file for each in found.entries.clauses.values()] == [str(tmp_path / "near.json")]
    assert found.own.findings == ()


def test_the_nearer_counts_wherever_it_is_in_the_list(tmp_path: Path) -> None:
    put(tmp_path / "far.json", findings=[{**ENTRY, "reason": "far"}])
    put(tmp_path / "other.json", extends=["far.json"])
    put(tmp_path / "near.json", findings=[{**ENTRY, "reason": "near"}])
    for extends in (["near.json", "other.json"], ["other.json", "near.json"]):
        own = put(tmp_path / "own.json", extends=extends)
        [entry] = read_known(own).entries.findings.values()
        assert entry.reason == "near"


def test_baselines_that_come_along_are_extended_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SHIPPED", tmp_path / "shipped")
    put(tmp_path / "shipped" / "barn.json", findings=[ENTRY])
    [entry] = read_known(put(tmp_path / "own.json", extends=["barn"])).entries.findings.values()
    assert (entry.shipped, entry.inherited) == (True, True)
    with pytest.raises(errors.ExtendedMissing, match="those that come with it: barn"):
        read_known(put(tmp_path / "own.json", extends=["stable"]))


def test_a_baseline_that_extends_what_is_not_there_says_what_and_where(tmp_path: Path) -> None:
    own = put(tmp_path / "own.json", extends=["base.json"])
    with pytest.raises(errors.ExtendedMissing, match=r"own\.json#/extends/0: 'base\.json'"):
        read_known(own)


def test_a_baseline_that_extends_itself_says_by_which_way(tmp_path: Path) -> None:
    put(tmp_path / "b.json", extends=["c.json"])
    put(tmp_path / "c.json", extends=["./a.json"])
    own = put(tmp_path / "a.json", extends=["b.json"])
    way = "a.json extends b.json extends c.json extends a.json"
    with pytest.raises(errors.ExtendsCycle, match=way):
        read_known(own)


def test_what_is_wrong_in_a_file_that_is_extended_is_told_of_that_file(tmp_path: Path) -> None:
    put(tmp_path / "base.json", finding=[])
    with pytest.raises(errors.UnknownMember, match=r"base\.json#/finding"):
        read_known(put(tmp_path / "own.json", extends=["base.json"]))


def test_a_set_is_written_with_its_findings_a_line_each() -> None:
    entries = (Entry(CLAUSE, "b"), Entry(CLAUSE, "a", written={"reason": "why"}))
    text = baseline_text(Baseline(flaky=(FlakySet("slow", entries, written={"reason": "so"}),)))
    assert text.splitlines()[4:12] == [
        '  "flaky": {',
        '    "slow": {',
        '      "reason": "so",',
        '      "findings": [',
        f'        {{"fingerprint": "{entries[1].fingerprint}", "clause": "{CLAUSE}", '
        '"observation": "a", "reason": "why"},',
        f'        {{"fingerprint": "{entries[0].fingerprint}", "clause": "{CLAUSE}", '
        '"observation": "b"}',
        "      ]",
        "    }",
    ]


@pytest.mark.parametrize("file", sorted(reading.SHIPPED.glob("*.json")), ids=lambda file: file.stem)
def test_what_comes_along_can_be_extended(file: Path, tmp_path: Path) -> None:
    known = read_known(put(tmp_path / "own.json", extends=[file.stem]))
    assert known.entries.findings
    assert not known.entries.clauses
    assert all(
        each.shipped and each.entry.drawn is None for each in known.entries.findings.values()
    )
    assert baseline_text(read_baseline(file)) == file.read_text(encoding="utf-8")
