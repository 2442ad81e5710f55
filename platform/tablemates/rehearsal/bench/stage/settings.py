"""Everything as it is; the address that says things is added."""

from tablemates.settings.base import *

ROOT_URLCONF = "tablemates.rehearsal.bench.stage.urls"
