"""Addresses: pages in six languages (English without a prefix), the API and files in none."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from cartagena.config.health import show_health

handler400 = "cartagena.apps.portal.views.errors.show_bad_request"
handler403 = "cartagena.apps.portal.views.errors.show_forbidden"
handler404 = "cartagena.apps.portal.views.errors.show_not_found"
handler429 = "cartagena.apps.accounts.views.too_many.show_too_many"  # asked by django-allauth
handler500 = "cartagena.apps.portal.views.errors.show_server_error"

urlpatterns = [
    path("healthz", show_health, name="health"),
    path("api/v2013/", include("cartagena.apps.exchange.urls")),
    path("api/", include("cartagena.apps.portal.api_urls")),
    path("downloads/", include("cartagena.apps.portal.downloads_urls")),
    path("account/", include("cartagena.apps.accounts.provider_urls")),
    path("files/", include("cartagena.apps.portal.desk.file_urls")),
    *i18n_patterns(
        path("account/", include("cartagena.apps.accounts.urls")),
        path("account/", include("cartagena.apps.accounts.sign_in_urls")),
        path("desk/", include("cartagena.apps.portal.desk.urls")),
        path("", include("cartagena.apps.portal.urls")),
        prefix_default_language=False,
    ),
]
