"""Where sockets connect. Channels takes its applications where Django's types expect views."""

from django.urls import path

from tablemates.surfaces.consumers import ConsoleConsumer, PhoneConsumer, ScreenConsumer

websocket_urlpatterns = [
    path("ws/phone/", PhoneConsumer.as_asgi()),  # type: ignore[arg-type]
    path("ws/screen/", ScreenConsumer.as_asgi()),  # type: ignore[arg-type]
    path("ws/console/<uuid:event_id>/", ConsoleConsumer.as_asgi()),  # type: ignore[arg-type]
]
