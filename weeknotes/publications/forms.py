"""What Publish sends: what the editor saw in the preview."""

from __future__ import annotations

import json
from typing import Any, Self

from django import forms

from weeknotes.publications.article import Article
from weeknotes.updates.forms.crispy import portal_helper
from weeknotes.updates.forms.fields import TextField


class ManifestField(forms.CharField):
    """The article's manifest as JSON; what is not one reads as an empty one."""

    def to_python(self, value: Any) -> dict[str, str]:  # type: ignore[override]
        """The hashes by what they are of."""
        try:
            sent = json.loads(str(value or "{}"))
        except (ValueError, RecursionError):
            return {}
        if not isinstance(sent, dict):
            return {}
        return {name: said for name, said in sent.items() if isinstance(said, str)}

    def validate(self, value: Any) -> None:
        """Without a manifest nothing can be told of the changes, and nothing more is lost."""

    def run_validators(self, value: Any) -> None:
        """It is compared with, never kept."""


class PublishForm(forms.Form):
    """The hash of the previewed article, and its manifest to tell changes by; both hidden."""

    hash = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = ManifestField(required=False, widget=forms.HiddenInput)

    @classmethod
    def showing(cls, article: Article) -> Self:
        """The form that publishes an article as it stands here."""
        return cls(initial={"hash": article.hash, "seen": json.dumps(article.manifest)})


class WithdrawalForm(forms.Form):
    """Why a digest is withdrawn: told to editors alone."""

    use_required_attribute = False

    reason = TextField(
        rows=3,
        label="Why is it withdrawn?",
        help_text="Only editors read this. It stays with the record of the digest.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.required = True
        reason.error_messages["required"] = "Enter why this digest is withdrawn"
        self.helper = portal_helper()


class RestorationForm(forms.Form):
    """The withdrawal that an editor read of when they restored the digest; hidden."""

    seen = forms.IntegerField(
        required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput
    )
