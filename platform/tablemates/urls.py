"""All routes: pages, the API below /api/v1/, Django's sign-in and admin."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from tablemates.accounts.views import accept, enter
from tablemates.followup.views import quiet
from tablemates.surfaces import urls as surfaces

urlpatterns = [
    path(
        "console/sign-in/",
        auth.LoginView.as_view(template_name="accounts/sign_in.html"),
        name="sign-in",
    ),
    path("console/sign-out/", auth.LogoutView.as_view(), name="sign-out"),
    path("console/enter/<str:token>", enter, name="enter"),
    path("console/join/<str:token>", accept, name="join"),
    path("quiet/<str:token>", quiet, name="quiet"),
    path("api/v1/", include("tablemates.accounts.urls")),
    path("api/v1/", include("events.urls")),
    path("api/v1/", include("checkin.urls")),
    path("api/v1/", include("matching.urls")),
    path("api/v1/", include("tablemates.followup.urls")),
    path("api/v1/", include(surfaces.snapshots)),
    path("admin/", admin.site.urls),
    *surfaces.pages,
]
