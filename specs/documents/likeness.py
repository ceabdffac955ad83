"""How close two words are: the measure for what may be a slip of the pen."""

from __future__ import annotations


def distance(left: str, right: str, *, limit: int = 3) -> int:
    """Edits between two words (insert, delete, replace, swap neighbours), at most `limit` + 1."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, above, row = row, before, [i]
        for j, b in enumerate(right, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, above[j - 2] + 1)
            row.append(best)
    return min(row[-1], limit + 1)


def alike(left: str, right: str) -> bool:
    """Whether one word may be the other with a slip or two; equal words are alike."""
    if left == right:
        return True
    shorter = min(len(left), len(right))
    allowed = 0 if shorter < 5 else 1 if shorter < 8 else 2
    if allowed == 0 or len(left) + len(right) - 2 * shorter > allowed:
        return False
    return distance(left, right, limit=allowed) <= allowed
