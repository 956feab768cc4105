"""How a page looks: what is measured on it, beside what axe finds."""

from typing import Any

from playwright.sync_api import Page

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
# A window of 1280 at 200 % is one of 640; at 400 % it is one of 320.
NARROW = (320, 360, 640)
WIDER = """() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return "";
    const wide = [...document.querySelectorAll("body *")].filter(
        (element) => element.getBoundingClientRect().right > edge + 1);
    return `${document.documentElement.scrollWidth} in ${edge}: `
        + (wide.at(-1) ?? document.body).outerHTML.slice(0, 300);
}"""
# What axe looks for: everything; what differs between wide and narrow, light and dark; and all
# but the contrast of colours, which takes it longest, where the colours have been seen.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
NOT_COLOURS = ALL | {"rules": {"color-contrast": {"enabled": False}}}
UNFOLD = "() => document.querySelectorAll('details').forEach((part) => { part.open = true; })"
# Colours pass into each other, as the admin's do from light to dark: what is measured is the end.
SETTLE = "() => document.getAnimations().forEach((one) => { one.finish(); })"
BIGGER = "(size) => { document.documentElement.style.fontSize = size; }"


def check_width(page: Page) -> None:
    """Nothing scrolls sideways on a narrow page, nor where the letters are twice as large."""
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        expect_no_wider(page)
    page.set_viewport_size(DESKTOP)
    page.evaluate(BIGGER, "200%")
    expect_no_wider(page)
    page.evaluate(BIGGER, "")


def expect_no_wider(page: Page) -> None:
    """What stands out to the right is told, if anything does."""
    wider = page.evaluate(WIDER)
    assert wider == "", f"{page.url}: {wider}"
