"""HTTP by Django, sockets by the surfaces' consumers."""

import os

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tablemates.settings.base")
django.setup(set_prefix=False)


class ThreadedHandler(ASGIHandler):
    """Django's handler, with each request in one thread from the first middleware to the view.

    All of ours are sync; left alone, Django hops between the loop and threads for every one of them.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Build the chain for a thread, whatever is asked."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the thread."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


http = ThreadedHandler()

# Models can be imported only once Django is set up.
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from tablemates.surfaces.routes import websocket_urlpatterns

sockets = URLRouter(websocket_urlpatterns)  # type: ignore[arg-type]
application = ProtocolTypeRouter({"http": http, "websocket": AllowedHostsOriginValidator(sockets)})
