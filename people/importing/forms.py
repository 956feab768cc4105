"""What an admin chooses: a file, and after its preview to bring it in."""

from typing import Any

from django import forms


class FileForm(forms.Form):
    """The file to read."""

    use_required_attribute = False

    file = forms.FileField(
        label="CSV file",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
        allow_empty_file=True,  # its emptiness is told with what to do
        error_messages={"required": "Choose a file."},
    )


class ConfirmForm(forms.Form):
    """The rows that the preview showed, and what it said would become of them."""

    rows = forms.CharField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ConfirmPeopleForm(ConfirmForm):
    """The same, and whether everybody new gets a mail."""

    mail_links = forms.BooleanField(
        label="Mail each new person a link to set their password", required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
