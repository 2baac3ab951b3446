"""Addresses of the calls that clients of the Clearing-House use, under /api/v2013/."""

from django.urls import path

from cartagena.apps.exchange import peer_documents, peer_index, peer_places
from cartagena.apps.exchange.openapi import show_openapi

app_name = "peer"

urlpatterns = [
    path("openapi.json", show_openapi, name="openapi"),
    path("index", peer_index.select, name="index"),
    path("index/select", peer_index.select, name="select"),
    path("documents", peer_documents.list_documents, name="documents"),
    path("documents/", peer_documents.list_documents),
    path("documents/<uid>", peer_documents.show_document, name="document"),
    path("documents/<uid>/info", peer_documents.show_info, name="document-info"),
    path("documents/<uid>/versions", peer_documents.show_versions, name="versions"),
    path("documents/<uid>/versions/<int:revision>", peer_documents.show_version, name="version"),
    path("documents/<uid>/versions/<int:revision>/info", peer_documents.show_version_info),
    path("countries", peer_places.list_countries, name="countries"),
    path("countries/<code>", peer_places.show_country, name="country"),
    path("thesaurus/domains/<domain>", peer_places.show_domain, name="domain"),
    path("thesaurus/domains/<domain>/terms", peer_places.list_terms, name="domain-terms"),
    path("thesaurus/terms/<term>", peer_places.show_term, name="term"),
    path("thesaurus/terms/<term>/narrowers", peer_places.list_narrower, name="narrower-terms"),
    path("<path:rest>", peer_documents.refuse),
]
