"""Cases meet a target, and the evidence is judged clause by clause."""
