"""The sign-in form."""

from typing import Any

from allauth.account.forms import LoginForm

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
