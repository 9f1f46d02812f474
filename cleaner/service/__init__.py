"""A small HTTP service around the cleaner (extra ``serve``); started by ``cleaner serve``."""
