"""The state of a target: what lives there, what is made there, and requests that fit it."""
