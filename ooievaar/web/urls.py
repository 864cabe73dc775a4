"""Signing in and the first page: allauth's views under Dutch paths, under the names by which allauth finds them.

Only what somebody here can reach; signing up answers that it is closed.
"""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as herstelcodes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessies
from django.conf import settings
from django.urls import include, path, re_path

from ooievaar.web.begin import begin
from ooievaar.web.beveiliging import security_txt
from ooievaar.web.verder import verder

urlpatterns = [
    path("", begin, name="begin"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("verder", verder, name="verder"),
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
    path("inloggen/tweede-stap", mfa.authenticate, name="mfa_authenticate"),
    path("inloggen/passkey", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("account", mfa.index, name="mfa_index"),
    path("account/opnieuw", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/app", totp.activate_totp, name="mfa_activate_totp"),
    path("account/app/uit", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/herstelcodes", herstelcodes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/herstelcodes/nieuw", herstelcodes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/herstelcodes/bestand", herstelcodes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/passkeys", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/nieuw", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/opnieuw", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/<int:pk>/naam", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/weg", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/sessies", sessies.list_usersessions, name="usersessions_list"),
]
if settings.OIDC_SERVER:
    urlpatterns += [
        path("organisatie/", include("allauth.socialaccount.urls")),
        path("organisatie/", include("allauth.socialaccount.providers.openid_connect.urls")),
    ]
