"""Addresses of signing in, registering, passwords and second factors, under /account/.

The names are django-allauth's, without a namespace, because it looks them up. `accounts:sign_in`
and `accounts:sign_out` (urls.py) lead to the same pages.
"""

from allauth.account import urls as account_urls
from allauth.account import views
from django.urls import include, path
from django.views.decorators.http import require_POST

_OURS = {"account_login", "account_logout", "account_signup"}

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", require_POST(views.logout), name="account_logout"),
    path("register/", views.signup, name="account_signup"),
    *(pattern for pattern in account_urls.urlpatterns if getattr(pattern, "name", "") not in _OURS),
    path("second-factor/", include("allauth.mfa.urls")),
    path("provider/", include("allauth.socialaccount.urls")),
]
