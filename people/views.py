"""The door: signing in and out, and passwords."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView, LogoutView
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from people.backends import PortalBackend
from people.forms import (
    AskForLinkForm,
    ChangePasswordForm,
    NewPasswordForm,
    PreferencesForm,
    SignInForm,
)
from people.limits import too_often
from people.links import LinkTokens, use_link
from people.mail import link_mail, send_later
from people.models import User
from people.rights import signed_in


class SignInView(LoginView):  # type: ignore[misc]  # allauth has no types
    """Allauth's sign-in with our own form."""

    def get_form_class(self) -> type[SignInForm]:
        """Always our own form, whatever allauth's settings say."""
        return SignInForm

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Sign in; whoever was going to the front gets the page they like to begin at."""
        response: HttpResponse = super().form_valid(form)
        if response.get("Location") == reverse("weeknotes:home"):
            response["Location"] = get_adapter().get_login_redirect_url(self.request)
        return response


sign_in = SignInView.as_view()
# Somebody whose session has ended already is signed out: they need not sign in for it.
sign_out = login_not_required(LogoutView.as_view())


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other session ends, and this one goes on."""
    person = signed_in(request)
    form = ChangePasswordForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if limited := too_often(request, "change_password"):
            return limited
        if form.is_valid():
            person.set_password(form.cleaned_data["new_password"])
            person.save(update_fields=["password"])
            update_session_auth_hash(request, person)
            messages.success(request, "Your password is changed. Other devices are signed out.")
            return redirect("account_preferences")
    return render(request, "account/change_password.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link to set a password; the answer is the same whoever is named."""
    form = AskForLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if limited := too_often(request, "reset_password", key=email):
            return limited
        mail_link_to(request, email)
        return redirect("account_reset_password_done")
    return render(request, "account/ask_for_link.html", {"form": form})


def mail_link_to(request: HttpRequest, email: str) -> None:
    """Mail a link if somebody who may sign in has this address; the same work if nobody has."""
    person = User.objects.filter(email=email).first()
    is_welcome = PortalBackend().user_can_authenticate(person)
    stranger = User(pk=0, email=email, forename="Somebody", password="!")  # noqa: S106 (no password)
    message = link_mail(request, person if person and is_welcome else stranger)
    send_later(message if is_welcome else None)


@login_not_required
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """What to do now, without a word on whether anything was mailed."""
    return render(request, "account/link_sent.html")


class SetPasswordView(PasswordResetConfirmView):
    """The page behind a mailed link: looking changes nothing, and the token leaves the address."""

    form_class = NewPasswordForm  # type: ignore[assignment]  # it has a person and a password too
    success_url = reverse_lazy("account_reset_password_from_key_done")
    template_name = "account/set_password.html"
    token_generator = LinkTokens()

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count each password that is sent, then go on as Django does."""
        is_try = self.request.method == "POST"
        if is_try and (limited := too_often(self.request, "reset_password_from_key")):
            return limited
        return super().dispatch(*args, **kwargs)  # type: ignore[return-value]

    def get_user(self, uidb64: str) -> Any:
        """The person the link was mailed to, unless they may not sign in."""
        person: Any = super().get_user(uidb64)
        return person if PortalBackend().user_can_authenticate(person) else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password once, and let nobody stay signed in on this device."""
        person: Any = self.user
        is_first = not person.has_usable_password()
        token = self.request.session.get(INTERNAL_RESET_SESSION_TOKEN, "")
        password = form.cleaned_data["new_password"]
        if not use_link(person=person, token=token, password=password):
            self.validlink = False
            return self.render_to_response(self.get_context_data(form=None))
        get_adapter().forget_failed_tries(self.request, person.email)
        logout(self.request)
        return redirect(f"{self.get_success_url()}{'?first' if is_first else ''}")


set_password = login_not_required(SetPasswordView.as_view())


@login_not_required
@require_safe
def password_set(request: HttpRequest) -> HttpResponse:
    """The password is set: sign in with it; whoever had none before has nothing else to know."""
    return render(request, "account/password_set.html", {"is_first": "first" in request.GET})


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What one may set for oneself, and who the portal says one is."""
    person = User.objects.select_related("team").get(pk=signed_in(request).pk)
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        person.save(update_fields=form.fields)
        messages.success(request, "Your preferences are saved.")
        return redirect("account_preferences")
    return render(request, "people/preferences.html", {"person": person, "form": form})
