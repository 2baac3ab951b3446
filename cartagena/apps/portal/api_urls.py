"""Addresses of the read API, under /api/."""

from django.urls import URLPattern, URLResolver, path

from cartagena.apps.portal.api.reference import show_reference
from cartagena.apps.portal.api.service import list_addresses

urlpatterns: list[URLPattern | URLResolver] = [
    path("", show_reference, name="api-reference"),
    path("v1", list_addresses()[0][1]),
    *(path(f"v1/{route}", view, name=f"api-{name}") for route, view, name in list_addresses()),
]
