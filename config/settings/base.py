"""Settings that hold everywhere; what differs per place comes from the environment."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]


def met_tijdslimiet(database: dict[str, Any]) -> dict[str, Any]:
    """A web process (config/wsgi.py) gives no statement more time than this; workers and commands have no limit."""
    limiet = env.int("DATABASE_TIJDSLIMIET_MS", default=0)
    if limiet:
        opties = f"-c statement_timeout={limiet} -c idle_in_transaction_session_timeout={2 * limiet}"
        database.setdefault("OPTIONS", {})["options"] = opties
    return database


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "ooievaar.beheer.Beheerconfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "phonenumber_field",
    "pgtrigger",
    "pghistory",
    "ooievaar",
    "notifications",
    "voorraad",
    "bezoeken",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ooievaar.platform.http.NietBewarenMiddleware",
    "ooievaar.platform.http.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ooievaar.platform.http.OnleesbaarMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ooievaar.web.tweedestap.TweedeStapMiddleware",
    "ooievaar.web.verder.VerderMiddleware",
    "ooievaar.platform.audit.HistoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the apps' own folders: ours replace allauth's, which comes earlier in INSTALLED_APPS.
        "DIRS": [ROOT / "ooievaar" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ooievaar.web.menu.menu",
            ]
        },
    }
]

# People and sign-in -------------------------------------------------------------------------
AUTH_USER_MODEL = "ooievaar.Gebruiker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "ooievaar.web.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "ooievaar.web.accountformulieren.Inloggen",
    "change_password": "ooievaar.web.accountformulieren.WachtwoordWijzigen",
    "set_password": "ooievaar.web.accountformulieren.WachtwoordKiezen",
    "reset_password": "ooievaar.web.accountformulieren.WachtwoordVergeten",
    "reset_password_from_key": "ooievaar.web.accountformulieren.NieuwWachtwoord",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_URL = "account_login"
# Staff sign in with a password and a second step: an app that makes codes (TOTP) or a passkey (quality.md).
MFA_VERPLICHT = env.bool("MFA_VERPLICHT", default=True)
# Roles that need no second step: a volunteer pairs her phone by QR, a bron is a machine with a token.
MFA_NIET_VOOR = frozenset({"ooievaarsmoeder", "bron"})
MFA_ADAPTER = "ooievaar.web.adapter.TweedeStapAdapter"
MFA_FORMS = {
    "activate_totp": "ooievaar.web.accountformulieren.AppMetCodes",
    "add_webauthn": "ooievaar.web.accountformulieren.NieuwePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ooievaar"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by invitation: the address was the beheerder's to check
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# A page that stood open while she signed in anew in another tab: what was filled in is kept.
CSRF_FAILURE_VIEW = "ooievaar.web.verder.oude_pagina"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
# The token of the product's own phone app (ooievaar/platform/apparaatcookie.py).
APPARAAT_COOKIE_NAME = "apparaat"
# A message may name a family: it stays on the server, not in a cookie that can be read.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# (role, name of the path, text): the pages in the menu; the first one somebody may see is where she lands.
MENU = [
    ("coordinator", "vandaag", "Vandaag"),
    ("coordinator", "planbord", "Planbord"),
    ("coordinator", "bezoeken", "Bezoeken"),
    ("coordinator", "gezinnen_zoeken", "Gezinnen"),
    ("coordinator", "moeders", "Ooievaarsmoeders"),
    ("coordinator", "meldingen", "Meldingen"),
    ("coordinator", "veiligheid", "Veiligheid"),
    ("coordinator", "berichten", "Berichten"),
    ("coordinator", "cafes", "Sjpruutcafés"),
    ("gastvrouw", "cafes", "Sjpruutcafés"),
    ("coordinator", "dekking", "Dekking"),
    ("jens", "dekking", "Dekking"),
    ("sjop", "sjop", "Sjop"),
    ("coordinator", "voorraad", "Voorraad"),
    ("sjop", "voorraad", "Voorraad"),
    ("coordinator", "sjop", "Sjop"),
]
# And between the pages of the Sjop, the same for everybody who works there.
SJOP_MENU = [
    ("sjop", "Balie"),
    ("sjop_innemen", "Innemen"),
    ("sjop_gezinnen", "Gezinnen"),
    ("sjop_bruiklenen", "Terug"),
    ("sjop_stukken", "Wat ligt er"),
    ("sjop_afspraken", "Afspraken"),
    ("sjop_labels", "Labels"),
    ("sjop_blokkeerlijst", "Blokkeerlijst"),
    ("sjop_terugroepen", "Terugroepen"),
    ("sjop_soorten", "Instellen"),
    ("sjop_verslag", "Verslag"),
]
# The same for the bar between the pages of the stock.
VOORRAAD_MENU = [
    ("coordinator", "voorraad", "Wat ligt waar"),
    ("sjop", "voorraad", "Wat ligt waar"),
    ("coordinator", "voorraad_boekingen", "Boekingen"),
    ("sjop", "voorraad_boekingen", "Boekingen"),
    ("coordinator", "voorraad_inpakken", "Inpakken"),
    ("coordinator", "voorraad_partijen", "Partijen"),
    ("coordinator", "voorraad_tellingen", "Tellen"),
    ("sjop", "voorraad_tellingen", "Tellen"),
    ("coordinator", "voorraad_vouchers", "Vouchers"),
    ("coordinator", "voorraad_prognose", "Vooruitkijken"),
    ("coordinator", "voorraad_bestellingen", "Bestellingen"),
    ("coordinator", "voorraad_werk", "Te doen"),
    ("coordinator", "voorraad_sluiten", "Boeken sluiten"),
]

# Optional: sign in with the organisation's own accounts (OpenID Connect). Nobody gets an account by it: the account
# must be there, with the same e-mail address.
OIDC_SERVER = env("OIDC_SERVER", default="")
OIDC_NAAM = env("OIDC_NAAM", default="uw organisatie") if OIDC_SERVER else ""
# Where its sign-in page is, when that is another host than the server's; as https://inloggen.example.org.
OIDC_ADRESSEN = [
    "://".join(urlsplit(adres)[:2]) for adres in (OIDC_SERVER, *env.list("OIDC_ADRESSEN", default=[])) if adres
]
# True: the organisation's own sign-in asks for a second step, so ours need not.
OIDC_HEEFT_TWEEDE_STAP = env.bool("OIDC_HEEFT_TWEEDE_STAP", default=False)
if OIDC_SERVER:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    SOCIALACCOUNT_ADAPTER = "ooievaar.web.organisatie.OrganisatieAdapter"
    SOCIALACCOUNT_LOGIN_ON_GET = False
    SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "organisatie",
                    "name": OIDC_NAAM,
                    "client_id": env("OIDC_CLIENT_ID"),
                    "secret": env("OIDC_CLIENT_SECRET"),
                    "settings": {"server_url": OIDC_SERVER},
                }
            ],
        }
    }

# Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
LOCALE_PATHS = [ROOT / "ooievaar" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
PHONENUMBER_DEFAULT_REGION = "NL"
PHONENUMBER_DB_FORMAT = "E164"

# Static files -------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "staticfiles"
STATICFILES_DIRS = [("telefoon", ROOT / "bezoeken" / "telefoon" / "app")]
# What phones fetch over poor networks: in brotli, and without comments (ooievaar/platform/statisch.py).
STATIC_LICHT = ("telefoon/", "ooievaar/tokens.", "ooievaar/ooievaar.")
# A hash in every name: a phone may keep a file for ever, and never mixes two versions.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ooievaar.platform.statisch.Bestanden"},
}

# Security headers ---------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        # A browser follows this rule also where a form is sent on to: to the organisation's own sign-in.
        "form-action": ["'self'", *OIDC_ADRESSEN],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# One JSON body is at most 1 MB (api.md, Conventions); imports have their own limit of 100 MB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
IMPORT_MAX_BYTES = 100_000_000

# The API ------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ooievaar.platform.authentication.BearerAuthentication",
        "ooievaar.platform.authentication.ApparaatCookieAuthentication",
        "ooievaar.platform.authentication.SiteSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["ooievaar.platform.permissions.RolHeeftRecht"],
    "DEFAULT_RENDERER_CLASSES": ["ooievaar.platform.rendering.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["ooievaar.platform.parsing.StrictJsonParser"],
    "DEFAULT_PAGINATION_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "ooievaar.platform.openapi.Schema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "ooievaar.platform.rendering.Onderhandeling",
    "DEFAULT_THROTTLE_CLASSES": ["ooievaar.platform.throttling.PerGebruiker"],
    "EXCEPTION_HANDLER": "ooievaar.platform.problems.exception_handler",
    # Moments stay moments until they are rendered: in UTC with Z, not in the server's zone.
    "DATETIME_FORMAT": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
API_VERSION = "1.0.0"
# Calls of one user a minute and a web process; the benches on one machine stay below this. Production: far lower.
API_LIMIET_PER_MINUUT = env.int("API_LIMIET_PER_MINUUT", default=60_000)
SPECTACULAR_SETTINGS = {
    "TITLE": "Ooievaar",
    "DESCRIPTION": "Kraambezoeken plannen, vastleggen en eerlijk tellen.",
    "VERSION": API_VERSION,
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "SERVERS": [{"url": "/api/v1"}],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATIONS": False,
    "ENUM_NAME_OVERRIDES": {
        "Relatiemelder": ["ooievaarsmoeder", "gezin", "coordinator"],
        "BezoekSoort": "bezoeken.models.Bezoek.Soort",
        "Herinneringssoort": "bezoeken.herinneringen.SOORTNAMEN",
        "Handelingsoort": "bezoeken.models.Handeling.Soort",
        "Handelingstatus": "bezoeken.models.Handeling.Status",
        "Handelingbesluit": "bezoeken.models.Handeling.Besluit",
        "Verwijderdsoort": ["bezoek", "gezin", "pasgeborene"],
        "Vlagsoort": "bezoeken.models.Veiligheidsvlag.Soort",
        "Maatregelcode": "bezoeken.models.Veiligheidsvlag.Maatregel",
        "Alarmuitkomst": "bezoeken.models.Alarm.Uitkomst",
        "Alarmafsluiting": ["gesproken", "hulpdiensten"],
        "Poginguitkomst": "bezoeken.models.Poging.Uitkomst",
        "PogingSoort": "bezoeken.models.Poging.Soort",
        "Artikelsoort": "voorraad.models.Artikelsoort",
        "Locatiesoort": "voorraad.models.Locatiesoort",
        "Mutatiesoort": "voorraad.models.Mutatiesoort",
        "Bestellingstatus": "voorraad.models.Bestelling.Status",
        "Tellingstatus": "voorraad.models.Telling.Status",
        "Afkeurreden": "voorraad.models.Afkeurreden",
        "Meldingstatus": ["verwerkt", "teBeoordelen", "afgewezen"],
        "Importstatus": "bezoeken.models.Geboorteimport.Status",
        "Berichtstatus": "notifications.models.Berichtstatus",
        "Cafestatus": "bezoeken.models.Sjpruutcafe.Status",
        "Aanmeldstatus": "bezoeken.sjpruutcafe.api.vormen.AANMELDSTATUSSEN",
        "Bezoekstatus": ["open", "toegewezen", "gepland", "bezocht", "afgesloten"],
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "ooievaar.platform.openapi.afwerken",
    ],
}

# Background work: the broker is a doorbell, the database says what is due (docs/adr/0002) ----
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 60 * 30
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Mail ---------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Ooievaar <ooievaar@example.org>")
# The address of this site in links that leave the house.
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
# Where people report a leak (/.well-known/security.txt).
BEVEILIGING_CONTACT = env("BEVEILIGING_CONTACT", default=f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}")
# SMS: without an address there is none (docs/kanalen.md). The hook's key is what the provider must show us.
SMS_DIENST = env("SMS_DIENST", default="notifications.kanalen.sms.HttpSmsdienst")
SMS_URL = env("SMS_URL", default="")
SMS_SLEUTEL = env("SMS_SLEUTEL", default="")
SMS_HAAKSLEUTEL = env("SMS_HAAKSLEUTEL", default="")
SMS_AFZENDER = env("SMS_AFZENDER", default="Ooievaar")
SMS_PER_SECONDE = env.float("SMS_PER_SECONDE", default=0.0)
# A stand-in for the providers and a page that shows what went out: never set outside local.py.
POSTVAK = False
# Web push: without a key there is none. Only these hosts may be called for a subscription.
VAPID_PRIVATE_KEY = env("VAPID_PRIVATE_KEY", default="")
VAPID_SUBJECT = env("VAPID_SUBJECT", default="mailto:ooievaar@example.org")
PUSH_HOSTS = env.list(
    "PUSH_HOSTS",
    default=["fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"],
)
# Who may read /metrics: empty means nobody (docs/beheer.md).
METRICS_SLEUTEL = env("METRICS_SLEUTEL", default="")
# Seconds. A mail server that hangs holds a sender no longer, nor a stop that waits for its message.
EMAIL_TIMEOUT = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask": {"()": "ooievaar.platform.masking.MaskFilter"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["mask"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
