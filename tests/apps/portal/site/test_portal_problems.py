"""Addresses that lead nowhere, and dates that are none, are answered with what would do."""

import datetime as dt

import pytest
from django.test import Client

from tests.apps.portal.site.conftest import Site


@pytest.mark.parametrize(
    ("address", "help_"),
    [
        ("/indicators/9.9.9", "from 1.1.1 to 5.3.2"),
        ("/indicators/1.1.9", "/indicators/1.1.2"),
        ("/objectives/1.99", "/objectives/1.9"),
        ("/parties/ken", "/parties/KEN"),
        ("/parties/XXX", "such as KEN"),
        ("/parties/KEN/reports/nr9", "nr2"),
        ("/indicators/1.1.1/why/ZZZ", "such as KEN"),
        ("/questionnaires/nr1", "nr3"),
        ("/provisions/cpb.art99", "Nearest"),
        ("/compare/7.7.7", "/indicators"),
        ("/nothing-here", "mistyped"),
        ("/styleguide", "development"),
        ("/indicators/1.1.1?point=never", "midterm"),
    ],
)
def test_unknown_address_says_what_exists(site: Site, address: str, help_: str) -> None:
    response = site.get(address)
    assert response.status_code == 404
    assert help_ in response.content.decode()


@pytest.mark.parametrize(
    "asked", ["yesterday", "2015-13-01", "20150101", "2999-01-01", "1066-10-14"]
)
def test_bad_day_is_refused_with_the_form_of_a_day(site: Site, asked: str) -> None:
    response = site.get(f"/plan?as_of={asked}")
    assert response.status_code == 400
    text = response.content.decode()
    assert "as_of=2015-12-31" in text
    assert dt.datetime.now(dt.UTC).date().isoformat() in text


@pytest.mark.parametrize(
    "address",
    [
        "/indicators?sort=beauty",
        "/indicators/1.1.1?variant=loose",
        "/compare?from=x",
        "/?indicator=0",
    ],
)
def test_bad_choice_is_refused(site: Site, address: str) -> None:
    assert site.get(address).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_page_refuses_to_be_written(site: Site, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)("/plan")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "only for reading" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/plan/?as_of=2015-12-31", "/plan?as_of=2015-12-31"),
        ("/zh/parties/KEN/", "/zh/parties/KEN"),
    ],
)
def test_one_slash_too_many_leads_to_the_page(site: Site, address: str, target: str) -> None:
    response = site.get(address)
    assert (response.status_code, response["Location"]) == (301, target)


def test_slashes_lead_to_no_other_site(site: Site) -> None:
    assert site.get("/%2Fevil.example/").status_code == 404


def test_script_in_an_address_stays_text(site: Site) -> None:
    response = site.get("/indicators/<script>alert(1)<%2Fscript>")
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()


def test_page_takes_no_post(site: Site) -> None:
    assert site.client.post("/plan").status_code == 405


def test_a_day_in_the_future_is_no_point(site: Site) -> None:
    response = site.get("/indicators/1.1.1?point=9999-12-31")

    assert response.status_code == 400
    assert "9999-12-31" in response.content.decode()
