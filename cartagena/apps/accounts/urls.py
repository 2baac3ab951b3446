"""Addresses of the accounts pages, under /account/."""

from allauth.account import views as sign_in_views
from django.urls import path
from django.views.decorators.http import require_POST

from cartagena.apps.accounts.views import designations, lost_factor, own_account, people

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in_views.login, name="sign_in"),
    path("sign-out/", require_POST(sign_in_views.logout), name="sign_out"),
    path("", own_account.show_profile, name="profile"),
    path("delete/", own_account.delete_account, name="delete"),
    path("designations/", designations.show_designations, name="designations"),
    path("designations/new/", designations.enter_designation, name="enter_designation"),
    path("designations/<int:number>/", designations.show_designation, name="designation"),
    path("people/", people.show_people, name="people"),
    path("people/invite/", people.invite_person, name="invite_person"),
    path("people/<int:number>/", people.show_person, name="person"),
    path("people/lost/", lost_factor.find_person, name="find_person"),
    path("people/<int:number>/lost/", lost_factor.reset_person, name="reset_person"),
]
