"""Routes of pages and snapshots."""

from django.urls import path

from tablemates.surfaces import api, views

pages = [
    path("", views.home, name="home"),
    path("healthz", views.health),
    path("t", views.phone, name="phone"),
    path("e/<str:code>", views.poster, name="poster"),
    path("screen", views.screen, name="screen"),
    path("console/", views.console, name="console"),
    path("console/events/<uuid:event_id>/poster/", views.poster_page, name="poster-page"),
    path("console/events/<path:rest>", views.console),
]
snapshots = [
    path("me/snapshot", api.phone_snapshot),
    path("screen/snapshot", api.screen_snapshot),
    path("events/<uuid:event_id>/snapshot", api.console_snapshot),
    path("<path:rest>", api.nothing),
]
