"""Detection, candidates, ranking and decision for Indonesian typos."""
