"""Routes of pages and snapshots."""

from django.urls import path

from tablemates.surfaces import api, printing, scanner, views

pages = [
    path("", views.home, name="home"),
    path("healthz", views.health),
    path("t", views.phone, name="phone"),
    path("e/<str:code>", views.poster, name="poster"),
    path("screen", views.screen, name="screen"),
    path("scan/", scanner.scanner, name="scanner"),
    path("scan/manifest.webmanifest", scanner.scanner_manifest, name="scanner-manifest"),
    path("scan/sw.js", scanner.scanner_worker),
    path("console/", views.console, name="console"),
    path("console/team/", views.console),
    path("console/events/<uuid:event_id>/print/<slug:kind>/", printing.print_page, name="print"),
    path("console/events/<uuid:event_id>/poster/", printing.old_poster_page),
    path("console/events/<uuid:event_id>/", views.console),
    path("console/events/<uuid:event_id>/<path:rest>", views.console),
    path("console/events/<path:rest>", views.console),
]
snapshots = [
    path("me/snapshot", api.phone_snapshot),
    path("screen/snapshot", api.screen_snapshot),
    path("screen/poster", api.screen_poster),
    path("events/<uuid:event_id>/snapshot", api.console_snapshot),
    path("<path:rest>", api.nothing),
]
