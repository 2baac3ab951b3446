"""The addresses of files as records say them, under /files/, in no language."""

from django.urls import URLPattern, path

from cartagena.apps.portal.desk.views import files

app_name = "files"

urlpatterns: list[URLPattern] = [
    path("<uuid:key>/<str:name>", files.send_public_file, name="file"),
]
