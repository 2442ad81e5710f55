"""Settings of the tests: as in `base`, with cheap password hashing."""

from tablemates.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
