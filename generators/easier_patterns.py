"""Patterns whose strings are too rare to be met by chance, and what to write instead.

A string that is written by the easier pattern is still checked against the one it stands for.
"""

from __future__ import annotations

from awsconform.specs.patterns import translate

_EASIER = {
    # fsx.ResourceARN: a look-ahead over five fields that are each a look-ahead of their own.
    r"^arn:(?=[^:]+:fsx:[^:]+:\d{12}:)((|(?=[a-z0-9-.]{1,63})(?!\d{1,3}(\.\d{1,3}){3})"
    r"(?![^:]*-{2})(?![^:]*-\.)(?![^:]*\.-)[a-z0-9].*(?<!-)):){4}(?!/).{0,1024}$": (
        r"arn:aws:fsx:[a-z]{2}-[a-z]{4,9}-[1-9]:\d{12}:[a-z0-9]{0,1000}"
    ),
    # kinesisanalyticsv2.RecordRowPath: the first character and the others in two look-aheads.
    r"^(?=^\$)(?=^\S+$).*$": r"\$[!-~]*",
}
EASIER = {translate(hard): translate(easy) for hard, easy in _EASIER.items()}
