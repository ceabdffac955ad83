"""What changed between two statements of the same operations, and for whom that breaks something.

`sources` finds the two, `comparing` walks them side by side, `consequences` says what each kind of
change means, and `folding` gathers what one shape changed at many places.
"""
