"""Which tests run apart, without being traced for coverage.

They run whole operations over and over, and hardly a line that no other test runs; traced, they
take twice as long.
"""

from __future__ import annotations

UNTRACED = frozenset(
    (
        "cli/test_baseline_in_ci.py",
        "cli/test_record.py",
        "cli/test_run.py",
        "conformance/test_absence.py",
        "conformance/test_moto.py",
        "conformance/test_repeating.py",
        "conformance/test_running.py",
        "drift/test_real_models.py",
        "emulator/test_robustness.py",
        "generators/test_examples.py",
        "generators/test_requests.py",
        "generators/test_violations.py",
        "pytest_plugin/test_alike.py",
        "pytest_plugin/test_baseline.py",
        "pytest_plugin/test_suite.py",
        "records/test_killing.py",
        "records/test_memory.py",
        "records/test_resuming.py",
        "records/test_round_trip.py",
        "records/test_troubled_runs.py",
        "reports/formats/test_markdown.py",
        "reports/formats/test_sarif.py",
        "reports/test_reproducing_findings.py",
        "reports/test_reproduction.py",
        "specs/documents/test_reading.py",
        "specs/documents/test_rendered_pages.py",
        "specs/test_model_patterns.py",
        "specs/test_places.py",
        "specs/test_written_hints.py",
        "targets/test_adversaries.py",
        "test_faulty.py",
    )
)
