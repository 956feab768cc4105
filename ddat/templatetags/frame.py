"""Tags for what stands round every page; known to all templates without loading."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from ddat import frame, icons

register = template.Library()

register.simple_tag(icons.icon)
register.simple_tag(icons.mark)
register.simple_tag(frame.demo_html, name="demo_line")


@register.simple_tag(takes_context=True)
def bar(context: Context) -> SafeString:
    """The demonstration line and the bar, for whoever asks for this page."""
    return frame.bar_html(context["request"])
