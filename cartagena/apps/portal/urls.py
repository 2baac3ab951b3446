"""Addresses of the portal's pages. Every page takes `?as_of=YYYY-MM-DD`."""

from django.urls import URLPattern, URLResolver, path

from cartagena.apps.portal.views import (
    comparison,
    data,
    home,
    indicators,
    parties,
    plan,
    programme,
    questionnaires,
    styleguide,
)

app_name = "portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="home"),
    path("plan", plan.show_plan, name="plan"),
    path("plan/background", plan.show_background, name="background"),
    path("plan/faults", plan.show_faults, name="faults"),
    path("objectives/<str:identifier>", plan.show_objective, name="objective"),
    path("indicators", indicators.list_indicators, name="indicators"),
    path("indicators/<str:identifier>", indicators.show_indicator, name="indicator"),
    path("indicators/<str:identifier>/why/<str:code>", indicators.show_why, name="why"),
    path("parties", parties.list_parties, name="parties"),
    path("parties/<str:code>", parties.show_party, name="party"),
    path("parties/<str:code>/reports/<str:cycle>", parties.show_report, name="report"),
    path("compare", comparison.compare_all, name="compare"),
    path("compare/<str:identifier>", comparison.compare_one, name="compare_indicator"),
    path("programme", programme.show_programme, name="programme"),
    path("data", data.show_data, name="data"),
    path("about-the-data", data.show_about, name="about_data"),
    path("questionnaires", questionnaires.list_questionnaires, name="questionnaires"),
    path("questionnaires/<str:cycle>", questionnaires.show_questionnaire, name="questionnaire"),
    path("provisions", plan.list_provisions, name="provisions"),
    path("provisions/<path:identifier>", plan.show_provision, name="provision"),
    path("styleguide", styleguide.show_styleguide, name="styleguide"),
]
