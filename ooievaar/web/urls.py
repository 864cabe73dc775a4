"""Signing in and the first page: allauth's views under Dutch paths, under the names by which allauth finds them.

Only what somebody here can reach; signing up answers that it is closed.
"""

from allauth.account import views
from django.urls import path, re_path

from ooievaar.web.begin import begin

urlpatterns = [
    path("", begin, name="begin"),
    path("inloggen", views.login, name="account_login"),
    path("uitloggen", views.logout, name="account_logout"),
    path("aanmelden", views.signup, name="account_signup"),
    path("niet-actief", views.account_inactive, name="account_inactive"),
    path("opnieuw-inloggen", views.reauthenticate, name="account_reauthenticate"),
    path("wachtwoord", views.password_change, name="account_change_password"),
    path("wachtwoord/kiezen", views.password_set, name="account_set_password"),
    path("wachtwoord/vergeten", views.password_reset, name="account_reset_password"),
    path("wachtwoord/verstuurd", views.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord/gewijzigd", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
