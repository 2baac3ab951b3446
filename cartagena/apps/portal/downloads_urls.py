"""Addresses of the downloads, under /downloads/."""

from django.urls import URLPattern, URLResolver, path

from cartagena.apps.portal import downloads
from cartagena.apps.portal.downloads import download

app_name = "downloads"

downloads_urls: list[URLPattern | URLResolver] = [
    path("facts.zip", download(downloads.get_facts), name="facts"),
    path("facts/<table>.<ending>", download(downloads.get_fact_table), name="fact-table"),
    path("indicators.<ending>", download(downloads.get_indicators, "table"), name="indicators"),
    path(
        "indicators/<indicator>.<ending>",
        download(downloads.get_indicator, "table"),
        name="indicator",
    ),
    path("figures.<ending>", download(downloads.get_figures), name="figures"),
    path("parties.<ending>", download(downloads.get_parties), name="parties"),
    path("parties/<party>.<ending>", download(downloads.get_party), name="party"),
    path("programme.<ending>", download(downloads.get_programme, "table"), name="programme"),
    path(
        "compare.<ending>",
        download(downloads.get_comparison, "table", "from", "to", "variant"),
        name="compare",
    ),
    path("<path:rest>", download(downloads.refuse)),
]
urlpatterns = downloads_urls
