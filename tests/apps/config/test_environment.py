"""Settings from the environment: strict, all problems at once, nothing secret repeated."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from cartagena.config.environment import Environment, parse_database_url
from cartagena.config.secret_key import get_or_create_secret_key


def test_every_setting_that_is_read_is_documented_and_no_other() -> None:
    page = (Path(__file__).parents[3] / "docs/operations/settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^### `([A-Z_]+)`", page, flags=re.MULTILINE))
    assert documented == set(settings.ENVIRONMENT_NAMES)


def test_all_wrong_values_are_reported_together() -> None:
    environment = Environment(
        {
            "A": "perhaps",
            "B": "LOUD",
            "C": ",",
            "D": "short",
            "E": "mysql://host/name",
            "CARTAGENA_DEBUGG": "1",
        }
    )
    assert environment.get_flag("A", default=True) is True
    assert environment.get_choice("B", ("INFO", "ERROR"), "INFO") == "INFO"
    assert environment.get_list("C", ["x"]) == ["x"]
    assert environment.get_secret("D", at_least=50) is None
    assert environment.find_database("E") is None
    environment.check_unknown()
    names = [problem.name for problem in environment.problems]
    assert names == ["A", "B", "C", "D", "E", "CARTAGENA_DEBUGG"]
    assert all(problem.hint for problem in environment.problems)


def test_empty_value_counts_as_not_given() -> None:
    environment = Environment({"A": " "})
    assert environment.get_flag("A", default=True) is True
    assert environment.problems == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://me:p%40ss@db.example:5433/plan?sslmode=require",
            ("db.example", "5433", "me", "p@ss", "plan", {"sslmode": "require"}),
        ),
        ("postgres:///plan?host=/run/pg", ("/run/pg", "", "", "", "plan", {})),
        (
            "postgresql://me@/plan?host=%2Frun%2Fpg&port=5434",
            ("/run/pg", "5434", "me", "", "plan", {}),
        ),
    ],
)
def test_database_address_is_taken_apart(url: str, expected: tuple[object, ...]) -> None:
    parsed = parse_database_url(url)
    names = ("HOST", "PORT", "USER", "PASSWORD", "NAME", "OPTIONS")
    assert tuple(parsed[name] for name in names) == expected


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///file",
        "postgresql://me:hush@host:99999/plan",
        "postgresql://me:hush@host",
        "postgresql://me:hush@host/a/b",
        "hush",
    ],
)
def test_wrong_database_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="the ") as caught:
        parse_database_url(url)
    assert "hush" not in str(caught.value)


def test_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    secret = get_or_create_secret_key(tmp_path / "data")
    assert len(secret) >= 50
    assert get_or_create_secret_key(tmp_path / "data") == secret
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert get_or_create_secret_key(tmp_path / "other") != secret
