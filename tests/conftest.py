"""What all tests share: hypothesis profiles, an empty folder to work in, and the command line."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
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
    """An empty working folder outside any project, so that no settings file is found."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(in_tmp) -> Callable[..., Result]:
    """Run a ``cleaner`` command in an empty folder; an unexpected exception is the test's."""
    from cleaner.cli import cli

    def invoke(*args: object, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke
