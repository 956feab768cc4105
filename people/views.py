"""The door: signing in and out."""

from allauth.account.views import LoginView, LogoutView
from django.contrib.auth.decorators import login_not_required

from people.forms import SignInForm


class SignInView(LoginView):  # type: ignore[misc]  # allauth has no types
    """Allauth's sign-in with our own form."""

    def get_form_class(self) -> type[SignInForm]:
        """Always our own form, whatever allauth's settings say."""
        return SignInForm


sign_in = SignInView.as_view()
# Somebody whose session has ended already is signed out: they need not sign in for it.
sign_out = login_not_required(LogoutView.as_view())
