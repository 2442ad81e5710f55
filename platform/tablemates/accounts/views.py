"""Ways in: by a link that the command line prints, or by an invitation. The form with e-mail and password is Django's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from tablemates.accounts.models import Organiser
from tablemates.accounts.services import read_sign_in_token
from tablemates.accounts.team import invitation_of, join
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Open the console for the bearer of a valid link."""
    organiser = read_sign_in_token(token)
    if organiser is None:
        return render(request, "accounts/stale_link.html", status=403)
    return _sign_in(request, organiser)


class JoinForm(forms.Form):
    """Who joins: their name and a password of their own."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(label=_("Choose a password"), max_length=128, strip=False)

    def __init__(self, email: str, *data: Any) -> None:
        super().__init__(*data)
        self.email = email

    def clean_password(self) -> str:
        """Refuse a password that others would guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password, Organiser(email=self.email))
        return password


@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page that an invitation leads to: name and password, and the console opens."""
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "accounts/stale_invitation.html", status=403)
    form = JoinForm(invitation.email, *([request.POST] if request.method == "POST" else []))
    page = {"form": form, "invitation": invitation}
    if not form.is_valid():
        return render(request, "accounts/join.html", page)
    try:
        organiser = join(invitation=invitation, **form.cleaned_data)
    except Refusal as refusal:
        return render(request, "accounts/join.html", {**page, "refusal": refusal}, status=409)
    return _sign_in(request, organiser)


def _sign_in(request: HttpRequest, organiser: Organiser) -> HttpResponse:
    login(request, organiser, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("console")
