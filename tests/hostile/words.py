"""What a hostile or careless person types."""

from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

HTML = [
    "<x-hostile onclick=alert(1)>press</x-hostile>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)><script href=data:,alert(1) />",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>body{display:none}</style><p style=color:red>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<base href=//evil.example><meta http-equiv=refresh content=0>",
    '"><x-hostile x-hostile="1">',
    "' x-hostile='1' onfocus='alert(1)' autofocus='",
    "</textarea></title></script><x-hostile>",
    "<!-- <x-hostile> --!><![CDATA[<x-hostile>]]>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
]
MARKDOWN = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x]( javascript:alert(1) 'x')",
    "<javascript:alert(1)>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x) [x](file:///etc/passwd) [x](//evil.example)",
    '[x](https://evil.example/"onmouseover=alert(1)//)',
    "[x](https://evil.example 'x\" onmouseover=alert(1)')",
    "[<x-hostile>](https://evil.example/<x-hostile>)",
    "<https://evil.example/\"onclick='alert(1)'>",
    "![x](javascript:alert(1)) **<x-hostile>** _a_*b*",
    "# <x-hostile>\n## b\n###### c\n- a\n      - b\n 1. c",
    "[" * 2000,
    "[](" * 2000,
    "*_" * 3000,
    "- " * 3000,
    "\n".join(" " * depth + "- x" for depth in range(200)),
    "\n".join("#" * (n % 8) + " x" for n in range(300)),
]
ODD = [
    "&lt;x-hostile&gt;&#60;x-hostile&#62;&#x3c;x-hostile>",
    "\x00",
    "a\x00b",
    "\ud800",
    "x\udfff\ud83d",
    "\u202eevil\u202c\u2066x\u2069",
    "\x02<x-hostile>\x03",
    "\ufeff\u200b\u2028\u2029\x85",
    "e" + "\u0301" * 500,
    "👩‍👩‍👧‍👦 <x-hostile>",
    "\u05e9\u05dc\u05d5\u05dd <x-hostile>",
    "\r\nSet-Cookie: x=1\r\n\r\n<x-hostile>",
    "{{ 7 }}{% load x %}{x} %(x)s %s %d %",
    "'; DROP TABLE weeknotes_update; --",
    "../../../etc/passwd",
    "%00%ff%c0%af%",
]
NUMBERS = [str(10**30), str(-(10**30)), "9" * 5000, "-1", "1e400", "NaN", "Infinity", "²", "٣"]
NUMBERS += ["1_000", "0x10", "1,,2", "2147483648", "9223372036854775808", "0.0000001", "1e15"]
DAYS = ["0001-01-01", "9999-12-31", "2026-02-30", "1/1/1", "31 December 9999", "٢٠٢٦-٠١-٠١"]
MEGABYTE = "[" * 2**20

# The list that the portal promises to stand.
NAMED = ["\x00", "\ud800", "\u202e", str(10**30), MEGABYTE, HTML[0], MARKDOWN[0]]

samples = st.sampled_from([*HTML, *MARKDOWN, *ODD, *NUMBERS, *DAYS])
texts = st.text(st.characters(), max_size=60)
hostile = samples | texts | st.builds("{} {}".format, samples, texts)


def either(*plausible: str) -> st.SearchStrategy[str]:
    """Something that the portal expects, or something hostile."""
    return st.sampled_from(plausible) | hostile


def pairs(names: list[str], values: st.SearchStrategy[str] = hostile) -> st.SearchStrategy[Any]:
    """Some of these fields, each with some value, in any order, perhaps twice."""
    return st.lists(st.tuples(st.sampled_from(names), values), max_size=12)


def encoded(data: list[tuple[str, str]]) -> str:
    """As a browser sends a form, whatever is in it."""
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in data)


def quoted(text: str) -> str:
    """One part of an address."""
    return quote(text, safe="[", errors="surrogatepass")  # a megabyte of "[" stays one
