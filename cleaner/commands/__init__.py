"""The subcommands of ``cleaner``, one module a group; `cleaner.cli` puts them together."""
