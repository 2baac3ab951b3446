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
_WEB_SCHEMES = {"http", "https"}
_MAIL_SECONDS = 30


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

    def get_number(self, name: str, default: int, at_least: int, at_most: int) -> int:
        """Return a whole number within bounds."""
        given = self._find(name)
        if given is None:
            return default
        if given.isascii() and given.isdigit() and at_least <= int(given[:18]) <= at_most:
            return int(given)
        self._refuse(
            name, f"{given!r} cannot be used.", f"Write a number from {at_least} to {at_most}."
        )
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

    def get_address(self, name: str, default: str) -> str:
        """Return an http(s) address of a site, without a slash at the end."""
        given = self._find(name)
        if given is None:
            return default
        parts = urlsplit(given)
        if parts.scheme not in _WEB_SCHEMES or not parts.hostname or parts.query or parts.fragment:
            self._refuse(name, f"{given!r} is no address of a site.", "Write https://name.example.")
            return default
        return given.rstrip("/")

    def find_mail_server(self, name: str) -> dict[str, object] | None:
        """Return the arguments of Django's SMTP backend, or None when no server is given."""
        given = self._find(name)
        if given is None:
            return None
        try:
            return parse_mail_url(given)
        except ValueError as problem:
            self._refuse(
                name,
                f"{problem}",
                "Write smtp://USER:PASSWORD@HOST:587?tls=1, or leave it out: messages are then "
                "written as files into the data folder.",
            )
            return None

    def find_provider(self, prefix: str) -> dict[str, object] | None:
        """Return the OpenID Connect provider as django-allauth wants it, None when not given."""
        url = self.get_address(f"{prefix}_URL", "")
        client = self._find(f"{prefix}_CLIENT_ID")
        secret = self._find(f"{prefix}_CLIENT_SECRET")
        title = self.get_text(f"{prefix}_NAME", "OpenID Connect")
        given = {"_URL": url, "_CLIENT_ID": client, "_CLIENT_SECRET": secret}
        missing = [f"{prefix}{name}" for name, value in given.items() if not value]
        if len(missing) == len(given):
            return None
        if missing:
            self._refuse(
                missing[0],
                "signing in through a provider needs all of its address, client and secret.",
                f"Give {' and '.join(missing)} too, or none of them.",
            )
            return None
        return {
            "provider_id": "provider",
            "name": title,
            "client_id": client,
            "secret": secret,
            "settings": {"server_url": url},
        }

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


def parse_mail_url(url: str) -> dict[str, object]:
    """Return the arguments of Django's SMTP backend that an `smtp://` address stands for.

    `smtps://` speaks TLS from the start (port 465), `?tls=1` after the greeting (port 587).
    Raises ValueError with a sentence that never repeats the address, which may hold a password.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps"):
        raise ValueError("the address does not start with smtp:// or smtps://.")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port in the address is not a number from 0 to 65535.") from None
    if not parts.hostname:
        raise ValueError("the address names no host.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    tls = options.pop("tls", "0").lower()
    if tls not in _TRUE | _FALSE or options:
        raise ValueError("behind the ? only tls=1 or tls=0 may stand.")
    at_once = parts.scheme == "smtps"
    after_greeting = tls in _TRUE and not at_once
    return {
        "host": parts.hostname,
        "port": port or (465 if at_once else 587 if after_greeting else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": after_greeting,
        "use_ssl": at_once,
        "timeout": _MAIL_SECONDS,
    }
