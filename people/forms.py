"""The forms of the door, of one's own preferences, and the field that chooses a person."""

from datetime import timedelta
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse

from ddat.clock import now
from people.models import StartPage, User

SHORTEST = 10
RULES = (
    f"Use at least {SHORTEST} characters. Three random words make a good password. "
    "It must not be one that many people use, only numbers, or much like your name or email."
)
REFUSALS = {
    "password_too_short": f"Enter a password of at least {SHORTEST} characters",
    "password_too_common": "Many people use this password. Enter one that is harder to guess",
    "password_entirely_numeric": "Enter a password with more than numbers in it",
    "password_too_similar": "This password is too much like your name or email. Enter another one",
}
FORMAT_HINT = "Enter an email address in the correct format, like name@example.com"


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Work email and password. The page's template draws them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["login"], self.fields["password"]
        email.label, password.label = "Work email", "Password"
        email.error_messages |= {"required": "Enter your work email", "invalid": FORMAT_HINT}
        password.error_messages |= {"required": "Enter your password"}
        for field in (email, password):
            field.widget.attrs.pop("placeholder", None)
        password.help_text = ""
        email.widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}
        password.widget.attrs |= {"autocomplete": "current-password"}
        self.fields.pop("remember", None)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in, until a moment that nothing moves: a session's age alone would slide."""
        response: HttpResponse = super().login(request, redirect_url)
        request.session.set_expiry(now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
        return response


class PasswordField(forms.CharField):
    """A password, as it was typed."""

    def __init__(self, *, label: str, missing: str, autocomplete: str, help_text: str = "") -> None:
        super().__init__(
            label=label,
            strip=False,
            help_text=help_text,
            widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
            error_messages={"required": missing},
        )


class NewPasswordForm(forms.Form):
    """A new password for one person."""

    use_required_attribute = False

    new_password = PasswordField(
        label="New password",
        missing="Enter a new password",
        autocomplete="new-password",
        help_text=RULES,
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = user

    def clean_new_password(self) -> str:
        """Refuse a weak one, and say what would do."""
        password: str = self.cleaned_data["new_password"]
        try:
            validate_password(password, self.person)
        except ValidationError as error:
            told = [REFUSALS.get(one.code or "", one) for one in error.error_list]
            raise ValidationError(told[:1]) from error
        return password


class ChangePasswordForm(NewPasswordForm):
    """The password somebody has, and the one they want."""

    field_order = ["old_password", "new_password"]

    old_password = PasswordField(
        label="Your password now",
        missing="Enter the password you have now",
        autocomplete="current-password",
    )

    def clean_old_password(self) -> str:
        """Nobody else, at a screen left open, changes it."""
        password: str = self.cleaned_data["old_password"]
        if not self.person.check_password(password):
            raise ValidationError("This is not your password now. Try again")
        return password


class AskForLinkForm(forms.Form):
    """Whose password was forgotten."""

    use_required_attribute = False

    email = forms.EmailField(
        label="Work email",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "Enter your work email", "invalid": FORMAT_HINT},
    )


class PreferencesForm(forms.ModelForm):
    """What somebody likes done their way."""

    use_required_attribute = False

    start_page = forms.ChoiceField(
        label="After signing in, begin at",
        choices=StartPage.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose where to begin",
            "invalid_choice": "Choose where to begin",
        },
    )

    class Meta:
        model = User
        fields = ["start_page", "shows_email"]
        labels = {"shows_email": "Show my email address on my page"}
        help_texts = {"shows_email": "Everybody who is signed in can see your page."}


class PersonChoiceField(forms.ModelChoiceField):
    """A choice of people, told apart by their email addresses."""

    def label_from_instance(self, obj: models.Model) -> str:
        """The name, then the email address."""
        return f"{obj} ({obj.email})" if isinstance(obj, User) else str(obj)
