"""The embedded reference implementation of the committed contracts, with its state in memory."""
