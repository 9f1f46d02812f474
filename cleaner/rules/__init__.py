"""The rules of each stage, and the registry of all of them."""
