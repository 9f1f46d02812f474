"""The cleaner inside other people's tools: one module a tool, imported only by who uses it.

Each module needs the tool it is named after, which an extra of the same name installs:
``pip install 'bersih[pandas]'``. Without it the import raises `cleaner.errors.MissingExtraError`.
"""
