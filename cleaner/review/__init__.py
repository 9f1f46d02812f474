"""Judging changes: the review page, its working copy of a log, and the report to read offline."""
