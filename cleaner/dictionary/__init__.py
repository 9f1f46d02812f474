"""The builder of everything in ``dictionaries/``, and of dictionaries from a user's own corpus.

Not needed to clean. Start reading at `cleaner.dictionary.build`; `cleaner.dictionary.own` is what
``cleaner dictionary build`` runs, `cleaner.dictionary.propose` what ``cleaner dictionary learn`` does.
"""
