"""Generated cases and codecs, held against validators and codecs that share no code with them."""
