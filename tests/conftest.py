"""What all tests share: hypothesis profiles, and results made from plain edits."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("dev", deadline=None)
settings.register_profile(
    "ci",
    derandomize=True,  # the same examples each run: a red build is a change of ours
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture
def in_tmp(tmp_path, monkeypatch):
    """An empty working folder outside any project, so that no configuration file is found."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
