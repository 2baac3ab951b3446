"""Addresses of the downloads, under /downloads/."""

from django.urls import URLPattern, URLResolver, path

from cartagena.apps.portal import downloads, log_roots, record_downloads, report_files, search_files
from cartagena.apps.portal.downloads import download
from cartagena.apps.portal.open_data.analysis_query import PARAMETERS as ANALYSIS_PARAMETERS

app_name = "downloads"

downloads_urls: list[URLPattern | URLResolver] = [
    path("reports/<party>/<cycle>.<ending>", report_files.download_report, name="report"),
    path("search.<ending>", search_files.download_search, name="search"),
    path("log-roots.txt", log_roots.get_log_roots, name="log-roots"),
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
    path(
        "analysis.<ending>",
        download(downloads.get_analysis, "table", *ANALYSIS_PARAMETERS),
        name="analysis",
    ),
    path("records/<record_type>.jsonl.gz", download(record_downloads.get_records), name="records"),
    path("records/all.zip", download(record_downloads.get_all_records), name="all-records"),
    path("<path:rest>", download(downloads.refuse)),
]
urlpatterns = downloads_urls
