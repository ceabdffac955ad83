"""Published protocol test cases, read as data and held against the codecs."""
