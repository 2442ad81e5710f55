"""Settings of the tests: as in `base`, with cheap password hashing."""

from tablemates.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files are looked up when asked for: to list them all takes as long as many a test, and each client would.
WHITENOISE_AUTOREFRESH = True
