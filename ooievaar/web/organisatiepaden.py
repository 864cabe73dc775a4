"""Where signing in with the organisation's own accounts happens; only there when `OIDC_SERVER` is set.

Coupling and uncoupling accounts by hand is not for us: who has an account here with the same e-mail address gets in.
"""

from allauth.socialaccount import views
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("afgebroken", views.login_cancelled, name="socialaccount_login_cancelled"),
    path("mislukt", views.login_error, name="socialaccount_login_error"),
    path("aanmelden", views.signup, name="socialaccount_signup"),
    path("koppelingen", RedirectView.as_view(pattern_name="mfa_index"), name="socialaccount_connections"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
