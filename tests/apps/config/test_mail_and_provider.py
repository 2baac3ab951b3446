"""The settings of the mail server, the portal's address and the provider to sign in through."""

import pytest

from cartagena.config.environment import Environment, parse_mail_url

PROVIDER = {
    "CARTAGENA_OIDC_URL": "https://id.ministry.example/",
    "CARTAGENA_OIDC_CLIENT_ID": "cartagena",
    "CARTAGENA_OIDC_CLIENT_SECRET": "hidden",
}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        ("smtp://a%40b:p%2Fw@mail.example?tls=1", ("mail.example", 587, "a@b", "p/w", True, False)),
        ("smtp://u:p@mail.example:2525?tls=0", ("mail.example", 2525, "u", "p", False, False)),
        ("smtps://u:p@mail.example", ("mail.example", 465, "u", "p", False, True)),
    ],
)
def test_mail_address_becomes_arguments(url: str, expected: tuple[object, ...]) -> None:
    found = parse_mail_url(url)
    names = ("host", "port", "username", "password", "use_tls", "use_ssl")
    assert tuple(found[name] for name in names) == expected


@pytest.mark.parametrize(
    "url", ["http://mail.example", "smtp://", "smtp://h:port", "smtp://h?tls=maybe", "smtp://h?x=1"]
)
def test_wrong_mail_address_is_a_problem_that_does_not_repeat_it(url: str) -> None:
    environment = Environment({"CARTAGENA_MAIL_URL": url})
    assert environment.find_mail_server("CARTAGENA_MAIL_URL") is None
    [problem] = environment.problems
    assert url not in problem.what


def test_provider_is_complete_or_not_there() -> None:
    found = Environment(PROVIDER).find_provider("CARTAGENA_OIDC")
    assert found is not None
    assert found["client_id"] == "cartagena"
    assert found["settings"] == {"server_url": "https://id.ministry.example"}
    assert Environment({}).find_provider("CARTAGENA_OIDC") is None


@pytest.mark.parametrize("left_out", list(PROVIDER))
def test_half_a_provider_is_a_problem(left_out: str) -> None:
    environment = Environment({**PROVIDER, left_out: ""})
    assert environment.find_provider("CARTAGENA_OIDC") is None
    [problem] = environment.problems
    assert left_out == problem.name


@pytest.mark.parametrize("given", ["bch.example", "ftp://bch.example", "https://b.example/?a=1"])
def test_address_of_the_portal_is_a_web_address(given: str) -> None:
    environment = Environment({"A": given})
    assert environment.get_address("A", "http://localhost:8000") == "http://localhost:8000"
    assert len(environment.problems) == 1
    assert Environment({"A": "https://b.example/x/"}).get_address("A", "") == "https://b.example/x"
