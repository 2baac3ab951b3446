"""The calls for clients of the Clearing-House alone, at their real addresses."""

from django.urls import include, path

urlpatterns = [path("api/v2013/", include("cartagena.apps.exchange.urls"))]
