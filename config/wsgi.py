import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Read every address, and with it the code behind it, now: the first visitor does not wait for that.
get_resolver().url_patterns  # noqa: B018

# What is loaded now stays for as long as the process: a quarter of a million objects. Without this the collector looks
# through all of them again and again, a tenth of a second and more each time, while somebody waits for a page.
gc.collect()
gc.freeze()
