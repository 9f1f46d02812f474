"""Settings: where they come from, which wins, and what a wrong one is answered with."""

from __future__ import annotations

import pickle

import pytest

from cleaner.config import THRESHOLDS, Config, find_config, matches
from cleaner.errors import ConfigError


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"profil": "news"}, "unknown key 'profil'; did you mean 'profile'?"),
        ({"xyz": 1}, "unknown key 'xyz'; valid are: corrections, decisions, dictionary, ignore, "),
        ({"profile": "newz"}, "profile = 'newz' is not known; did you mean 'news'?"),
        ({"strength": "recal"}, "strength = 'recal' is not known; did you mean 'recall'?"),
        ({"language": "en_US"}, "language = 'en_US' is not known"),
        ({"select": "typo"}, "select must be a list of strings, not 'typo'"),
        ({"ignore_words": [1]}, "ignore_words must be a list of strings"),
        ({"min_confidence": 2}, "min_confidence must be a number from 0 to 1, not 2"),
        ({"min_confidence": "0.5"}, "min_confidence must be a number from 0 to 1, not '0.5'"),
        ({"ignore_patterns": ["("]}, "ignore_patterns: '(' is no regular expression"),
    ],
)
def test_a_wrong_setting_is_an_error(values, message):
    with pytest.raises(ConfigError) as caught:
        Config.from_dict(values, "cleaner.toml")
    assert str(caught.value).startswith("cleaner.toml: ")
    assert message in str(caught.value)


def test_a_config_is_frozen_equal_and_picklable():
    config = Config(select=["typo"], ignore_words=["Kyiv"])  # type: ignore[arg-type]
    assert config == Config(select=("typo",), ignore_words=("Kyiv",))
    assert pickle.loads(pickle.dumps(config)) == config
    assert hash(config) == hash(Config.from_dict(config.to_dict()))
    with pytest.raises(AttributeError):
        config.profile = "typos"  # type: ignore[misc]


def test_strength_moves_every_threshold():
    for stage in ("encoding", "boilerplate", "spacing", "typo"):
        dial = [
            Config(strength=strength).threshold(stage) for strength in ("precision", "balanced", "recall")
        ]
        assert dial == sorted(dial, reverse=True)
        assert len(set(dial)) == 3
        assert Config(min_confidence=0.42).threshold(stage) == 0.42
    assert set(THRESHOLDS) == {"precision", "balanced", "recall"}


@pytest.mark.parametrize(
    ("rule", "name", "expected"),
    [
        ("typo.split", "typo", True),
        ("typo.split", "typo.split", True),
        ("typo.splitter", "typo.split", False),
        ("typography.x", "typo", False),
    ],
)
def test_a_family_matches_at_dots(rule, name, expected):
    assert matches(rule, (name,)) is expected


def test_the_nearest_file_wins(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.cleaner]\nprofile = "typos"\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_config(inner) == ({"profile": "typos"}, tmp_path / "pyproject.toml")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")  # says nothing about us
    assert find_config(inner) == ({"profile": "typos"}, tmp_path / "pyproject.toml")
    (tmp_path / "a" / "cleaner.toml").write_text('profile = "baku"\n')
    assert find_config(inner) == ({"profile": "baku"}, tmp_path / "a" / "cleaner.toml")


def test_dump_tells_the_source_of_each_value(run, in_tmp):
    (in_tmp / "cleaner.toml").write_text('profile = "typos"\nstrength = "recall"\nrules = ["aturan"]\n')
    (in_tmp / "aturan").mkdir()
    result = run("config", "--dump", "--strength", "precision", "--ignore", "typo.name,typo.split")
    lines = result.stdout.splitlines()
    file = in_tmp / "cleaner.toml"
    assert f'profile = "typos"  # {file}' in lines
    assert 'strength = "precision"  # command line' in lines
    assert 'ignore = ["typo.name", "typo.split"]  # command line' in lines
    assert f'rules = ["{in_tmp / "aturan"}"]  # {file}' in lines  # relative to the file
    assert 'language = "id"  # default' in lines
    assert "# outlet is not set  # default" in lines


def test_a_dump_is_a_settings_file(run, in_tmp):
    dump = run("config", "--dump", "--profile", "minimal", "--min-confidence", "0.7").stdout
    (in_tmp / "cleaner.toml").write_text(dump)
    again = run("config", "--dump").stdout
    assert [line.split("  # ")[0] for line in again.splitlines()] == [
        line.split("  # ")[0] for line in dump.splitlines()
    ]


def test_a_file_is_read_unless_isolated(run, in_tmp):
    (in_tmp / "cleaner.toml").write_text('profile = "minimal"\nignore = ["encoding"]\n')
    assert run("clean", "-", "-q", stdin=b"Teh &amp; kopi").stdout == "Teh &amp; kopi"
    assert run("clean", "-", "-q", "--isolated", stdin=b"Teh &amp; kopi").stdout == "Teh & kopi"
    (in_tmp / "lain.toml").write_text('profile = "minimal"\n')
    assert run("clean", "-", "-q", "--config", "lain.toml", stdin=b"Teh &amp; kopi").stdout == "Teh & kopi"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("cleaner.toml", "strenght = 'recall'\n", "unknown key 'strenght'; did you mean 'strength'?"),
        (
            "pyproject.toml",
            "[tool.cleaner]\nprofil = 'news'\n",
            "unknown key 'profil'; did you mean 'profile'?",
        ),
        ("cleaner.toml", "profile = \n", "not valid TOML"),
        ("cleaner.toml", 'ignore = ["typo.splitt"]\n', "no rule or family 'typo.splitt'; did you mean"),
    ],
)
def test_a_wrong_file_is_told(run, in_tmp, name, text, message):
    (in_tmp / name).write_text(text)
    for command in (["config"], ["clean", "-"]):
        result = run(*command, stdin=b"teks")
        assert result.exit_code == 2
        assert message in result.stderr


def test_a_missing_file_is_told(run):
    assert "tidak-ada.toml: no such file" in run("config", "--config", "tidak-ada.toml").stderr


def test_config_says_which_file_it_read(run, in_tmp):
    assert run("config").stderr == "cleaner: the settings are fine; read from no file\n"
    (in_tmp / "cleaner.toml").write_text("")
    assert run("config").stderr == f"cleaner: the settings are fine; read from {in_tmp / 'cleaner.toml'}\n"
