"""Renaming and merging teams and projects in the admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.text import get_text_list

from ddat import clock
from people.admin.closing import CloseableAdmin
from people.admin.history import HistoryAdmin
from people.models import Named
from people.models.history import changing

RENAMING = (
    "Change it to rename: searches still find the old name, and no past page changes. "
    "The address stays."
)


class MergeForm(forms.Form):
    """Which one goes on."""

    def __init__(self, subject: Named, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        others = type(subject).objects.active().exclude(pk=subject.pk)
        self.fields["into"] = forms.ModelChoiceField(
            others,
            label="Merge into",
            error_messages={"required": "Choose which one goes on."},
        )

    def clean_into(self) -> Named:
        """Refuse what cannot be, and say what to do."""
        into: Named = self.cleaned_data["into"]
        self.subject.refuse_merge(into=into)
        return into


class NamedAdmin(HistoryAdmin, CloseableAdmin):
    """A team or project: its name is changed by the verb, and it may be merged into another."""

    change_form_template = "admin/named_change_form.html"
    readonly_fields = ["slug", "state", "former_names"]
    changed_by_verbs = ("name", "code", "short_name")

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if change:
            kwargs["help_texts"] = {"name": RENAMING}
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What follows by itself is not asked of a new one."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name not in self.readonly_fields]

    @admin.display(description="former names")
    def former_names(self, subject: Any) -> str | None:
        """What it was called before, the last one first."""
        past = subject.past_names.select_related("changed_by").order_by("-until", "-id")
        told = [(name, clock.day(clock.local(name.until).date()), name.changed_by) for name in past]
        row = "<div><bdi>{}</bdi>, until {}, changed by <bdi>{}</bdi></div>"
        return format_html_join("", row, told) or None

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        with changing(obj, by=request.user):
            super().save_model(request, obj, form, change)

    def change_by_verbs(self, request: Any, obj: Any, fields: list[str]) -> None:
        """Rename, and keep the old name."""
        new = {name: getattr(obj, name) for name in obj.NAMES}
        obj.rename(to=new.pop("name"), by=request.user, **new)

    def get_urls(self) -> list[URLPattern]:
        """The page for merging beside Django's own."""
        info = self.opts.app_label, self.opts.model_name
        view = self.admin_site.admin_view(self.merge_view)
        merging = path("<path:object_id>/merge/", view, name="{}_{}_merge".format(*info))
        return [merging, *super().get_urls()]

    def what_moves(self, subject: Any) -> str:
        """What goes to the heir when this is merged, in a sentence."""
        return "What is current goes to the other."

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Choose which one goes on; then see what will happen; then merge."""
        subject = self.get_object(request, unquote(object_id))
        if subject is None:
            raise Http404
        form = MergeForm(subject, request.POST if request.method == "POST" else None)
        into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
        if into is not None and "confirmed" in request.POST:
            try:
                subject.merge(into=into, by=request.user)
            except ValidationError as error:  # what came between
                form.add_error("into", error)
                into = None
            else:
                self.log_change(request, subject, f"Merged into {into}.")
                self.message_user(request, f"{subject} is merged into {into}.", messages.SUCCESS)
                return redirect(self._address_of(into))
        posts = [post for post in subject.posts.select_related("person") if post.ends_on is None]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Merge {subject}",
            "opts": self.opts,
            "original": subject,
            "form": form,
            "into": into,
            "what_moves": self.what_moves(subject),
            "posts": ", ".join(f"{post.person} ({post.title})" for post in posts),
            "back": self._address_of(subject),
        }
        return TemplateResponse(request, "admin/merge.html", context)

    def _address_of(self, subject: Any) -> str:
        return reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[subject.pk]
        )


def taken_over(*counted: tuple[int, str, str]) -> str:
    """What the heir takes over, of each so many: "These move to the other: 2 metrics."."""
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]
    if not parts:
        words = get_text_list([many for _, _, many in counted], "or")
        return f"Nothing else moves to the other: there are no {words}."
    return f"These move to the other: {get_text_list(parts, 'and')}."
