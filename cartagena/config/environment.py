"""Reads settings from environment variables, strictly, and remembers every problem it met.

A wrong value never stops the import of the settings: the default stands in for it, the problem is
kept, and the system checks (see `checks.py`) report all of them together with a hint.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX = "CARTAGENA_"
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_POSTGRES_SCHEMES = {"postgres", "postgresql"}


@dataclass(frozen=True)
class SettingProblem:
    """One setting that cannot be used as given: its name, what is wrong, and what to do."""

    name: str
    what: str
    hint: str


class Environment:
    """Typed access to environment variables.

    `problems` lists what was wrong, `names` every variable that was asked for, in order.
    An empty variable counts as not given.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.problems: list[SettingProblem] = []
        self.names: list[str] = []

    def _find(self, name: str) -> str | None:
        if name not in self.names:
            self.names.append(name)
        return self._variables.get(name, "").strip() or None

    def _refuse(self, name: str, what: str, hint: str) -> None:
        self.problems.append(SettingProblem(name, what, hint))

    def get_text(self, name: str, default: str) -> str:
        """Return the value as it stands."""
        return self._find(name) or default

    def get_flag(self, name: str, default: bool) -> bool:
        """Return a yes/no value: 1, true, yes, on or 0, false, no, off in any case."""
        given = self._find(name)
        if given is None:
            return default
        if given.lower() in _TRUE:
            return True
        if given.lower() in _FALSE:
            return False
        self._refuse(name, f"{given!r} is neither yes nor no.", "Write 1 for yes or 0 for no.")
        return default

    def get_choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """Return one of the choices, compared without regard to case."""
        given = self._find(name)
        if given is None:
            return default
        for choice in choices:
            if given.lower() == choice.lower():
                return choice
        self._refuse(name, f"{given!r} is not known.", f"Write one of: {', '.join(choices)}.")
        return default

    def get_list(self, name: str, default: list[str]) -> list[str]:
        """Return values separated by commas, without empty ones."""
        given = self._find(name)
        if given is None:
            return default
        values = [value.strip() for value in given.split(",") if value.strip()]
        if not values:
            self._refuse(name, "it holds only commas.", "Write values separated by commas.")
            return default
        return values

    def get_secret(self, name: str, at_least: int) -> str | None:
        """Return a secret, or None when it is not given or too short. Never quoted in a problem."""
        given = self._find(name)
        if given is not None and len(given) < at_least:
            self._refuse(
                name,
                f"it has {len(given)} characters, at least {at_least} are needed.",
                "Write a long random text, or leave it out: one is made in the data folder.",
            )
            return None
        return given

    def find_database(self, name: str) -> dict[str, object] | None:
        """Return the database an address names as Django wants it, or None when not given.

        Whatever stands behind `?` (sslmode, connect_timeout, ...) goes to libpq unchanged.
        """
        given = self._find(name)
        if given is None:
            return None
        try:
            return parse_database_url(given)
        except ValueError as problem:
            self._refuse(
                name,
                f"{problem}",
                "Write postgresql://USER:PASSWORD@HOST:PORT/NAME, or leave it out to use the "
                "PostgreSQL that comes with the program.",
            )
            return None

    def check_unknown(self) -> None:
        """Refuse every variable with our prefix that nothing asked for: mostly a typing mistake."""
        for name in sorted(self._variables):
            if name.startswith(PREFIX) and name not in self.names:
                self._refuse(
                    name,
                    "no setting has this name.",
                    f"Known settings: {', '.join(self.names)}.",
                )


def parse_database_url(url: str) -> dict[str, object]:
    """Return the Django database settings that a `postgresql://` address stands for.

    Raises ValueError with a sentence that never repeats the address, which may hold a password.
    """
    parts = urlsplit(url)
    if parts.scheme not in _POSTGRES_SCHEMES:
        raise ValueError("the address does not start with postgresql://.")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port in the address is not a number from 0 to 65535.") from None
    name = unquote(parts.path.lstrip("/"))
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = unquote(parts.hostname or "") or options.pop("host", "")
    if not name or "/" in name:
        raise ValueError("the address does not name a database after the host.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or "") or options.pop("user", ""),
        "PASSWORD": unquote(parts.password or "") or options.pop("password", ""),
        "HOST": host,
        "PORT": str(port) if port else options.pop("port", ""),
        "OPTIONS": options,
    }
