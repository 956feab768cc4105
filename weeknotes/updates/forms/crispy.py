"""How our forms are drawn."""

from crispy_forms.helper import FormHelper


def portal_helper() -> FormHelper:
    """A crispy helper for a part of a form: the <form> tag and the token stand around it."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.form_show_errors = True
    return helper
