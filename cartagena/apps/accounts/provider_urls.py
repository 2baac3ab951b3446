"""Signing in through OpenID Connect: addresses in no language, as the provider must know them."""

from django.urls import path

from cartagena.apps.accounts.views import provider

urlpatterns = [
    path("oidc/<provider_id>/login/", provider.go_to_provider, name="openid_connect_login"),
    path(
        "oidc/<provider_id>/login/callback/",
        provider.come_back,
        name="openid_connect_callback",
    ),
]
