"""Addresses of signing in, registering, passwords and second factors, under /account/.

The names are django-allauth's, without a namespace, because it looks them up. `accounts:sign_in`
and `accounts:sign_out` (urls.py) lead to the same pages.
"""

from allauth.account import urls as account_urls
from allauth.account import views
from allauth.mfa.recovery_codes.views import view_recovery_codes
from django.urls import include, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

_OURS = {"account_login", "account_logout", "account_signup"}

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", require_POST(views.logout), name="account_logout"),
    path("register/", views.signup, name="account_signup"),
    *(pattern for pattern in account_urls.urlpatterns if getattr(pattern, "name", "") not in _OURS),
    # Codes that are shown once must not come back out of the browser's memory.
    path(
        "second-factor/recovery-codes/",
        never_cache(view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path("second-factor/", include("allauth.mfa.urls")),
    path("provider/", include("allauth.socialaccount.urls")),
]
