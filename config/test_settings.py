"""Settings of the test suite: nothing in the state folder, nothing leaves the process."""

import os
import tempfile
from pathlib import Path

from config import throw_away

_state = Path(tempfile.gettempdir()) / f"alongside-tests-{os.getpid()}"
os.environ.setdefault("ALONGSIDE_SECRET_KEY", "a key for tests only, of no use anywhere else")
os.environ["ALONGSIDE_STATE"] = str(_state)
(_state / "static").mkdir(parents=True, exist_ok=True)
if os.environ.get("ALONGSIDE_TEST_DATABASE") == "postgresql":
    os.environ["DATABASE_URL"] = throw_away.postgresql()

from config.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["*"]
