"""Where sockets connect. Channels takes its applications where Django's types expect views."""

from channels.auth import AuthMiddlewareStack
from django.urls import path

from tablemates.surfaces.consumers import ConsoleConsumer, PhoneConsumer, ScreenConsumer

# Only organisers have a session: whoever brings a token is spared the look for one.
console = AuthMiddlewareStack(ConsoleConsumer.as_asgi())

websocket_urlpatterns = [
    path("ws/phone/", PhoneConsumer.as_asgi()),  # type: ignore[arg-type]
    path("ws/screen/", ScreenConsumer.as_asgi()),  # type: ignore[arg-type]
    path("ws/console/<uuid:event_id>/", console),  # type: ignore[arg-type]
]
