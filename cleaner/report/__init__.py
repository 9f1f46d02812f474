"""Changes for reading: diffs for a terminal, for patch(1) and for a web page."""
