"""Files of documents: reading and writing them, and the log of what was changed in them."""
