"""The smallest project that `make run` can run: the supervisor is tested without the product."""

from config.settings.local import *  # noqa: F403

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "tests.config.standin",
]
AUTH_USER_MODEL = "auth.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.config.standin.urls"
STATIC_ROOT = DATA_DIR / "static"  # noqa: F405
LOGGING: dict[str, object] = {}
