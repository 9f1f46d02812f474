"""The builder of everything in ``dictionaries/``: ``python -m cleaner.dictionary.build``.

Not needed at run time. Start reading at `cleaner.dictionary.build`.
"""
