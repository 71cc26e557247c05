from urllib.parse import urlsplit

from config import databases
from config.environment import FOLDER, Environment

environment = Environment()

BASE_DIR = FOLDER
STATE = environment.state
DEBUG = environment.debug
SECRET_KEY = environment.kept_secret_key()
CONTENT_KEYS = environment.kept_content_keys()
DEMONSTRATION = environment.demonstration
SITE_URL = environment.url.rstrip("/")
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or "localhost", "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "alongside.audit",
    "alongside.notifications",
    "alongside.people",
    "alongside.organisations",
    "alongside.questionnaires",
    "alongside.programmes",
    "alongside.applications",
    "alongside.matching",
    "alongside.groups",
    "alongside.placing",
    "alongside.mentorships",
    "alongside.agreements",
    "alongside.concerns",
    "alongside.endings",
    "alongside.evaluation",
    "alongside.exercises",
    "alongside.meetings",
    "alongside.messaging",
    "alongside.notes",
    "alongside.plans",
    "alongside.reviews",
    "alongside.surveys",
    "alongside.directory",
    "alongside.enquiries",
    "alongside.assessments",
    "alongside.stories",
    "alongside.figures",
    "alongside.mentors",
    "alongside.web",
    "alongside.commands",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.web.shared.headers.PageHeaders",
    "django.middleware.gzip.GZipMiddleware",
    "alongside.web.shared.input.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.web.shared.access.PersonsTime",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "alongside.web.shared.template_loader.WebTemplates",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "alongside.web.shared.context.page",
            ],
        },
    }
]

DATABASES = {
    "default": databases.from_url(environment.database_url)
    if environment.database_url
    else databases.sqlite(STATE / "alongside.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "alongside.web.shared.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = False
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://")

# Only a proxy of ours may say where a request comes from; without one, whoever asks could say anything.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.proxies
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.proxies else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SITE_URL.startswith("https://") else 0

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# What people hand in inside a mentorship is sealed before it touches the disk: until then it is kept in memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 26_214_400
MEDIA_ROOT = STATE / "files"

# It holds who tried to sign in how often: on the disk, so that all processes of the web count together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": STATE / "cache"}}
WEB_PROCESSES = environment.web_processes
OPEN_DATA_LICENCE = environment.open_data_licence
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_BACKEND = "alongside.notifications.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = environment.email_from
SMTP_URL = environment.smtp_url
INBOUND_HOST = environment.inbound_host
INBOUND_PORT = environment.inbound_port
INBOUND_CERTIFICATE, INBOUND_KEY = environment.inbound_certificate, environment.inbound_key
REPLY_DOMAIN = environment.reply_domain

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = STATE / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
