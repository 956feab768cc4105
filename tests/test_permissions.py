"""Who may do what: every address, every method, every role, at every stage of a week.

How to read the tables. An address stands at the margin; "collecting", "composing" and "published"
are digests in that state, and the last part of an address says how far an update has come. Under it
stand the questions (methods, and what a POST sends: tests/permissions/sending.py), then the answer
to each role: a status, "in" (sent to sign in) or "go" (done, or told why not, on another page). A
stranger who sends words gets them back with the 403, to copy: their session may have ended.

Everything told about belongs to the contributor. The former owner did write for it; the colleague
writes for another project; the note was drafted by another editor than the director; the superuser
has no role. The contributor has deputies, who are answered as the contributor or the former owner.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest
from django.contrib import admin

from people.models import User
from tests.factories import UserFactory
from tests.permissions.looking import (
    every_pattern,
    everything_kept,
    nonsense_for,
    pattern_of,
    shown,
    writing,
)
from tests.permissions.table import ALL_METHODS, Row, address_for, ask, in_words, read_table
from tests.permissions.world import CAST, LEAVERS, World, standing_world, undone

pytestmark = pytest.mark.django_db

DOOR_AND_READING = """
                    anonymous reader contributor colleague former_owner director admin superuser
/account/sign-in/
  GET HEAD           200       go       go         go           go       go     go      go
  POST nothing       200       go       go         go           go       go     go      go
  PUT OPTIONS        200       go       go         go           go       go     go      go
  other              405       go       go         go           go       go     go      go
/account/sign-out/
  GET HEAD           go        200      200        200          200      200    200     200
  POST nothing       go        go       go         go           go       go     go      go
  OPTIONS            200       200      200        200          200      200    200     200
  other              405       405      405        405          405      405    405     405
/accessibility/
  GET HEAD           200       200      200        200          200      200    200     200
  other              405       405      405        405          405      405    405     405
/privacy/
  GET HEAD           200       200      200        200          200      200    200     200
  other              405       405      405        405          405      405    405     405
/cookies/
  GET HEAD           200       200      200        200          200      200    200     200
  other              405       405      405        405          405      405    405     405
/health/
  GET HEAD           200       200      200        200          200      200    200     200
  other              405       405      405        405          405      405    405     405
/health/ready/
  GET HEAD           200       200      200        200          200      200    200     200
  other              405       405      405        405          405      405    405     405
/account/preferences/
  GET HEAD           in        200      200        200          200      200    200     200
  POST likes         in        go       go         go           go       go     go      go
  POST nothing       in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/account/password/
  GET HEAD           in        200      200        200          200      200    200     200
  POST nothing       in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/account/password/reset/
  GET HEAD           200       200      200        200          200      200    200     200
  POST email         go        go       go         go           go       go     go      go
  POST nothing       200       200      200        200          200      200    200     200
  other              405       405      405        405          405      405    405     405
/account/password/reset/sent/
  GET HEAD           200       200      200        200          200      200    200     200
  other              405       405      405        405          405      405    405     405
/account/password/reset/done/
  GET HEAD           200       200      200        200          200      200    200     200
  other              405       405      405        405          405      405    405     405
/account/password/reset/MQ/nonsense/
  GET HEAD POST      200       200      200        200          200      200    200     200
  other              200       200      200        200          200      200    200     200
/static/favicon.svg
  GET HEAD           200       200      200        200          200      200    200     200
/favicon.ico
  GET                404       404      404        404          404      404    404     404
/nowhere/
  GET POST           404       404      404        404          404      404    404     404
/account/sign-up/
  GET POST           404       404      404        404          404      404    404     404
/
  GET HEAD           in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/digests/
  GET HEAD           in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/digests/published/
  GET HEAD           in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/digests/composing/
  GET HEAD           in        404      404        404          404      404    404     404
/digests/collecting/
  GET HEAD           in        404      404        404          404      404    404     404
/digests/withdrawn/
  GET HEAD           in        410      410        410          410      410    410     410
  other              in        405      405        405          405      405    405     405
"""

RECORDS = """
                    anonymous reader contributor colleague former_owner director admin superuser
/projects/
  GET HEAD           in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/projects/export/
  POST nothing       in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/projects/included/
  GET HEAD           in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/projects/drafted/
  GET HEAD           in        200      200        200          200      200    200     200
/projects/nowhere/
  GET HEAD           in        404      404        404          404      404    404     404
/teams/reporting/
  GET HEAD           in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/teams/nowhere/
  GET HEAD           in        404      404        404          404      404    404     404
/projects/told-once/
  GET HEAD           in        200      200        200          200      200    200     200
/people/contributor-person/
  GET HEAD           in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/people/nowhere/
  GET HEAD           in        404      404        404          404      404    404     404
"""

REACTING = """
                    anonymous reader contributor colleague former_owner director admin superuser
/digests/published/reaction/
  POST like          in        go       go         go           go       go     go      go
  POST nothing       in        400      400        400          400      400    400     400
  other              in        405      405        405          405      405    405     405
/digests/published/reaction/removal/
  POST nothing       in        go       go         go           go       go     go      go
  other              in        405      405        405          405      405    405     405
/digests/composing/reaction/
  POST like          in        404      404        404          404      404    404     404
/digests/composing/reaction/removal/
  POST nothing       in        404      404        404          404      404    404     404
/digests/published/note/reaction/
  POST like          in        go       go         go           go       go     go      go
/digests/published/project-included/reaction/
  POST like          in        go       go         go           go       go     go      go
  POST nothing       in        400      400        400          400      400    400     400
  other              in        405      405        405          405      405    405     405
/digests/published/project-included/reaction/removal/
  POST nothing       in        go       go         go           go       go     go      go
  other              in        405      405        405          405      405    405     405
/digests/published/project-left-out/reaction/
  POST like          in        404      404        404          404      404    404     404
/digests/published/project-drafted/reaction/
  POST like          in        404      404        404          404      404    404     404
/digests/published/project-left-out/reaction/removal/
  POST nothing       in        404      404        404          404      404    404     404
/digests/composing/project-included/reaction/
  POST like          in        404      404        404          404      404    404     404
/digests/composing/note/reaction/
  POST like          in        404      404        404          404      404    404     404
/digests/withdrawn/reaction/
  POST like          in        410      410        410          410      410    410     410
  POST nothing       in        410      410        410          410      410    410     410
/digests/withdrawn/reaction/removal/
  POST nothing       in        410      410        410          410      410    410     410
/digests/withdrawn/project-left-out/reaction/
  POST like          in        410      410        410          410      410    410     410
/digests/withdrawn/note/reaction/
  POST like          in        410      410        410          410      410    410     410
/digests/withdrawn/project-told-once/reaction/
  POST like          in        410      410        410          410      410    410     410
/digests/withdrawn/project-told-once/reaction/removal/
  POST nothing       in        410      410        410          410      410    410     410
"""

WRITING_WHILE_COLLECTING = """
                    anonymous reader contributor colleague former_owner director admin superuser
/updates/
  GET HEAD           in        200      200        200          200      200    200     200
  other              in        405      405        405          405      405    405     405
/updates/collecting/projects/drafted/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      go         404          404      404    404     404
  POST preview       403       404      go         404          404      404    404     404
  POST submit        403       404      go         404          404      404    404     404
  POST add           403       404      200        404          404      404    404     404
  POST old           403       404      409        404          404      404    404     404
  POST unread        403       404      422        404          404      404    404     404
  POST nothing       in        404      409        404          404      404    404     404
  other              in        405      405        405          405      405    405     405
/updates/collecting/teams/reporting/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      go         404          404      404    404     404
/updates/collecting/teams/directorate/
  GET HEAD           in        404      404        404          404      404    404     404
/updates/collecting/teams/drafted/
  GET HEAD           in        404      404        404          404      404    404     404
/updates/collecting/projects/blank/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      go         404          404      404    404     404
/updates/collecting/projects/another/
  GET HEAD           in        404      404        200          404      404    404     404
  POST save          403       404      404        go           404      404    404     404
/updates/collecting/projects/taken-back/
  GET HEAD           in        404      200        404          404      404    404     404
  POST submit        403       404      go         404          404      404    404     404
/updates/collecting/projects/submitted/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      409        404          404      404    404     404
/updates/collecting/projects/drafted/presence/
  POST nothing       in        404      200        404          404      404    404     404
  other              in        405      405        405          405      405    405     405
/updates/collecting/projects/blank/presence/
  POST nothing       in        404      200        404          404      404    404     404
/updates/collecting/projects/drafted/preview/
  GET HEAD           in        404      200        404          404      404    404     404
  other              in        405      405        405          405      405    405     405
/updates/collecting/projects/submitted/preview/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/collecting/projects/blank/preview/
  GET HEAD           in        404      go         404          404      404    404     404
/updates/collecting/projects/drafted/no-update/
  GET HEAD           in        404      200        404          404      404    404     404
  POST reason        in        404      go         404          404      404    404     404
  POST nothing       in        404      422        404          404      404    404     404
  other              in        405      405        405          405      405    405     405
/updates/collecting/projects/submitted/no-update/
  POST reason        in        404      409        404          404      404    404     404
/updates/collecting/projects/drafted/submission/
  POST version       in        404      go         404          404      404    404     404
  other              in        405      405        405          405      405    405     405
/updates/collecting/projects/submitted/submission/removal/
  POST nothing       in        404      go         404          404      404    404     404
  other              in        405      405        405          405      405    405     405
/updates/collecting/projects/no-update/submission/removal/
  POST nothing       in        404      go         404          404      404    404     404
/updates/collecting/projects/drafted/history/
  GET HEAD           in        404      200        404          404      404    404     404
  other              in        405      405        405          405      405    405     405
/updates/collecting/projects/blank/history/
  GET HEAD           in        404      404        404          404      404    404     404
/updates/collecting/projects/submitted/history/1/
  GET HEAD           in        404      200        404          404      404    404     404
  other              in        405      405        405          405      405    405     405
/updates/collecting/projects/submitted/history/1/restoration/
  POST version       in        404      go         404          404      404    404     404
  POST nothing       in        404      409        404          404      404    404     404
  other              in        405      405        405          405      405    405     405
/updates/collecting/projects/taken-back/history/1/restoration/
  POST version       in        404      go         404          404      404    404     404
/updates/collecting/projects/drafted/history/1/restoration/
  POST version       in        404      404        404          404      404    404     404
"""

WRITING_LATER = """
                    anonymous reader contributor colleague former_owner director admin superuser
/updates/composing/projects/drafted/
  GET HEAD           in        404      200        404          404      404    404     404
  POST submit        403       404      go         404          404      404    404     404
/updates/composing/projects/drafted/preview/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/composing/projects/included/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      409        404          404      404    404     404
/updates/composing/projects/included/preview/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/composing/projects/included/submission/removal/
  POST nothing       in        404      go         404          404      404    404     404
/updates/composing/projects/left-out/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/composing/projects/left-out/preview/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/published/projects/drafted/
  GET HEAD           in        404      200        404          404      404    404     404
  POST submit        403       404      422        404          404      404    404     404
/updates/published/projects/drafted/preview/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/published/projects/drafted/no-update/
  POST reason        in        404      422        404          404      404    404     404
/updates/published/projects/included/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      422        404          404      404    404     404
/updates/published/projects/drafted/presence/
  POST nothing       in        404      200        404          404      404    404     404
/updates/published/projects/left-out/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      422        404          404      404    404     404
/updates/published/projects/left-out/preview/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/published/projects/left-out/submission/removal/
  POST nothing       in        404      go         404          404      404    404     404
/updates/composing/projects/included/history/1/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/composing/projects/included/history/1/restoration/
  POST version       in        404      go         404          404      404    404     404
/updates/published/projects/included/history/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/published/projects/included/history/1/restoration/
  POST version       in        404      go         404          404      404    404     404
/updates/nowhere/projects/drafted/
  GET HEAD           in        404      404        404          404      404    404     404
/updates/composing/projects/returned/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      go         404          404      404    404     404
  POST submit        403       404      go         404          404      404    404     404
  POST old           403       404      409        404          404      404    404     404
/updates/composing/projects/returned/preview/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/composing/projects/returned/no-update/
  POST reason        in        404      go         404          404      404    404     404
/updates/composing/projects/returned/submission/removal/
  POST nothing       in        404      go         404          404      404    404     404
/updates/composing/projects/returned/history/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/composing/projects/returned/history/2/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/composing/projects/held-over/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      409        404          404      404    404     404
/updates/composing/projects/held-over/submission/removal/
  POST nothing       in        404      go         404          404      404    404     404
/updates/composing/projects/held-over/history/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/withdrawn/projects/told-once/
  GET HEAD           in        404      200        404          404      404    404     404
  POST save          403       404      422        404          404      404    404     404
/updates/withdrawn/projects/told-once/preview/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/withdrawn/projects/told-once/history/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/withdrawn/projects/told-once/history/1/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/withdrawn/projects/left-out/preview/
  GET HEAD           in        404      200        404          404      404    404     404
/updates/withdrawn/projects/told-once/submission/removal/
  POST nothing       in        404      go         404          404      404    404     404
"""

DESK = """
                    anonymous reader contributor colleague former_owner director admin superuser
/desk/
  GET HEAD           in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/new/
  GET HEAD           in        404      404        404          404      200    404     404
  POST days          in        404      404        404          404      422    404     404
  POST nothing       in        404      404        404          404      422    404     404
  other              in        404      404        404          404      405    404     404
/desk/collecting/
  GET HEAD           in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/composing/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/published/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/published/withdrawal/
  GET HEAD           in        404      404        404          404      200    404     404
  POST why           403       404      404        404          404      go     404     404
  POST nothing       in        404      404        404          404      422    404     404
  other              in        404      404        404          404      405    404     404
/desk/composing/withdrawal/
  GET HEAD           in        404      404        404          404      404    404     404
  POST why           403       404      404        404          404      404    404     404
/desk/published/withdrawal/removal/
  POST nothing       in        404      404        404          404      go     404     404
  other              in        404      404        404          404      405    404     404
/desk/composing/withdrawal/removal/
  POST nothing       in        404      404        404          404      404    404     404
/desk/withdrawn/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/withdrawn/withdrawal/
  GET HEAD           in        404      404        404          404      go     404     404
  POST why           403       404      404        404          404      409    404     404
/desk/withdrawn/withdrawal/removal/
  POST nothing       in        404      404        404          404      go     404     404
/desk/withdrawn/details/
  POST details       403       404      404        404          404      409    404     404
/desk/withdrawn/composing/
  POST nothing       in        404      404        404          404      go     404     404
/desk/withdrawn/note/
  GET HEAD           in        404      404        404          404      go     404     404
  POST save          403       404      404        404          404      422    404     404
/desk/withdrawn/preview/
  GET HEAD           in        404      404        404          404      go     404     404
/desk/withdrawn/publication/
  POST nothing       in        404      404        404          404      409    404     404
/desk/nowhere/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/collecting/details/
  GET HEAD           in        404      404        404          404      200    404     404
  POST details       403       404      404        404          404      go     404     404
  POST stale         403       404      404        404          404      409    404     404
  POST nothing       in        404      404        404          404      400    404     404
  other              in        404      404        404          404      405    404     404
/desk/composing/details/
  POST details       403       404      404        404          404      go     404     404
/desk/published/details/
  GET HEAD           in        404      404        404          404      go     404     404
  POST details       403       404      404        404          404      409    404     404
/desk/collecting/composing/
  POST nothing       in        404      404        404          404      go     404     404
  other              in        404      404        404          404      405    404     404
/desk/published/composing/
  POST nothing       in        404      404        404          404      go     404     404
/desk/collecting/note/
  GET HEAD           in        404      404        404          404      200    404     404
  POST save          403       404      404        404          404      go     404     404
  POST old           403       404      404        404          404      409    404     404
  other              in        404      404        404          404      405    404     404
/desk/collecting/note/presence/
  POST nothing       in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/published/note/presence/
  POST nothing       in        404      404        404          404      200    404     404
/desk/composing/note/
  GET HEAD           in        404      404        404          404      200    404     404
  POST save          403       404      404        404          404      go     404     404
/desk/published/note/
  GET HEAD           in        404      404        404          404      go     404     404
  POST save          403       404      404        404          404      422    404     404
/desk/collecting/preview/
  GET HEAD           in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/composing/preview/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/published/preview/
  GET HEAD           in        404      404        404          404      go     404     404
/desk/composing/publication/
  POST seen          in        404      404        404          404      go     404     404
  POST unseen        in        404      404        404          404      409    404     404
  POST nothing       in        404      404        404          404      409    404     404
  other              in        404      404        404          404      405    404     404
/desk/collecting/publication/
  POST seen          in        404      404        404          404      go     404     404
/desk/published/publication/
  POST seen          in        404      404        404          404      409    404     404
"""

CORRECTING = """
                    anonymous reader contributor colleague former_owner director admin superuser
/desk/published/publications/
  GET HEAD           in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/composing/publications/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/published/publications/1/
  GET HEAD           in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/published/publications/2/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/published/correction/
  GET HEAD           in        404      404        404          404      200    404     404
  POST nothing       in        404      404        404          404      go     404     404
  other              in        404      404        404          404      405    404     404
/desk/composing/correction/
  GET HEAD           in        404      404        404          404      404    404     404
  POST nothing       in        404      404        404          404      go     404     404
/desk/published/correction/title/
  GET HEAD           in        404      404        404          404      200    404     404
  POST title         403       404      404        404          404      go     404     404
  POST older_title   403       404      404        404          404      409    404     404
  POST nothing       in        404      404        404          404      400    404     404
  other              in        404      404        404          404      405    404     404
/desk/published/correction/preview/
  GET HEAD           in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/published/correction/publication/
  POST correction    403       404      404        404          404      go     404     404
  POST uncorrected   403       404      404        404          404      409    404     404
  POST nothing       in        404      404        404          404      422    404     404
  other              in        404      404        404          404      405    404     404
/desk/published/correction/removal/
  POST nothing       in        404      404        404          404      go     404     404
  other              in        404      404        404          404      405    404     404
/desk/published/correction/updates/project-included/
  GET HEAD           in        404      404        404          404      200    404     404
  POST corrected     403       404      404        404          404      go     404     404
  POST other_words   403       404      404        404          404      409    404     404
  other              in        404      404        404          404      405    404     404
/desk/published/correction/updates/project-left-out/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/published/correction/updates/project-included/presence/
  POST nothing       in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/published/correction/updates/project-included/removal/
  POST out           in        404      404        404          404      go     404     404
  POST nothing       in        404      404        404          404      400    404     404
  other              in        404      404        404          404      405    404     404
/desk/withdrawn/publications/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/withdrawn/publications/1/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/withdrawn/correction/
  GET HEAD           in        404      404        404          404      404    404     404
  POST nothing       in        404      404        404          404      go     404     404
/desk/withdrawn/correction/preview/
  GET HEAD           in        404      404        404          404      404    404     404
"""

ROLES = """
                    anonymous reader contributor colleague former_owner director admin superuser
/roles/
  GET HEAD           in        404      404        404          404      200    200    404
  other              in        404      404        404          404      405    405    404
"""

EVENTS = """
                    anonymous reader contributor colleague former_owner director admin superuser
/events/
  GET HEAD           in        404      404        404          404      200    200    404
  other              in        404      404        404          404      405    405    404
/events/export/
  POST nothing       in        404      404        404          404      200    200    404
  other              in        404      404        404          404      405    405    404
"""

DESK_UPDATES = """
                    anonymous reader contributor colleague former_owner director admin superuser
/desk/collecting/updates/project-submitted/
  GET HEAD           in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/collecting/updates/project-no-update/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/collecting/updates/project-drafted/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/collecting/updates/project-taken-back/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/collecting/updates/team-reporting/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/collecting/updates/note/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/composing/updates/project-drafted/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/composing/updates/project-submitted/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/composing/updates/project-included/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/composing/updates/project-left-out/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/published/updates/project-drafted/
  GET HEAD           in        404      404        404          404      404    404     404
/desk/published/updates/project-left-out/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/composing/updates/project-returned/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/composing/updates/project-returned/question/
  GET HEAD           in        404      404        404          404      go     404     404
  POST question      403       404      404        404          404      409    404     404
/desk/composing/updates/project-returned/edit/
  GET HEAD           in        404      404        404          404      404    404     404
  POST edit          403       404      404        404          404      422    404     404
/desk/composing/updates/project-returned/decision/
  POST leave         in        404      404        404          404      go     404     404
/desk/composing/updates/project-held-over/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/composing/updates/project-held-over/question/
  GET HEAD           in        404      404        404          404      go     404     404
  POST question      403       404      404        404          404      409    404     404
/desk/composing/updates/project-held-over/edit/
  GET HEAD           in        404      404        404          404      go     404     404
  POST edit          403       404      404        404          404      422    404     404
/desk/composing/updates/project-held-over/decision/
  POST include       in        404      404        404          404      go     404     404
/desk/withdrawn/updates/project-told-once/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/withdrawn/updates/project-left-out/
  GET HEAD           in        404      404        404          404      200    404     404
/desk/withdrawn/updates/project-told-once/question/
  GET HEAD           in        404      404        404          404      go     404     404
/desk/withdrawn/updates/project-told-once/edit/
  GET HEAD           in        404      404        404          404      go     404     404
/desk/collecting/updates/project-submitted/question/
  GET HEAD           in        404      404        404          404      200    404     404
  POST question      403       404      404        404          404      go     404     404
  POST nothing       in        404      404        404          404      400    404     404
  other              in        404      404        404          404      405    404     404
/desk/collecting/updates/project-drafted/question/
  GET HEAD           in        404      404        404          404      404    404     404
  POST question      403       404      404        404          404      404    404     404
/desk/collecting/updates/project-taken-back/question/
  GET HEAD           in        404      404        404          404      404    404     404
  POST question      403       404      404        404          404      409    404     404
/desk/collecting/updates/note/question/
  POST question      403       404      404        404          404      404    404     404
/desk/composing/updates/project-left-out/question/
  POST question      403       404      404        404          404      go     404     404
/desk/published/updates/project-included/question/
  GET HEAD           in        404      404        404          404      go     404     404
  POST question      403       404      404        404          404      409    404     404
/desk/collecting/updates/project-submitted/edit/
  GET HEAD           in        404      404        404          404      200    404     404
  POST edit          403       404      404        404          404      go     404     404
  POST nothing       in        404      404        404          404      422    404     404
  other              in        404      404        404          404      405    404     404
/desk/collecting/updates/project-drafted/edit/
  GET HEAD           in        404      404        404          404      404    404     404
  POST edit          403       404      404        404          404      404    404     404
/desk/collecting/updates/project-taken-back/edit/
  GET HEAD           in        404      404        404          404      404    404     404
  POST edit          403       404      404        404          404      422    404     404
/desk/collecting/updates/project-no-update/edit/
  GET HEAD           in        404      404        404          404      404    404     404
  POST edit          403       404      404        404          404      422    404     404
/desk/collecting/updates/project-submitted/edit/presence/
  POST nothing       in        404      404        404          404      200    404     404
  other              in        404      404        404          404      405    404     404
/desk/collecting/updates/project-drafted/edit/presence/
  POST nothing       in        404      404        404          404      404    404     404
/desk/collecting/updates/note/edit/
  POST edit          403       404      404        404          404      404    404     404
/desk/composing/updates/project-included/edit/
  GET HEAD           in        404      404        404          404      200    404     404
  POST edit          403       404      404        404          404      go     404     404
/desk/published/updates/project-included/edit/
  GET HEAD           in        404      404        404          404      go     404     404
  POST edit          403       404      404        404          404      422    404     404
/desk/composing/updates/project-included/position/
  POST up            in        404      404        404          404      go     404     404
  POST nothing       in        404      404        404          404      400    404     404
  other              in        404      404        404          404      405    404     404
/desk/composing/updates/project-drafted/position/
  POST up            in        404      404        404          404      404    404     404
/desk/composing/updates/project-included/decision/
  POST leave         in        404      404        404          404      go     404     404
  POST nothing       in        404      404        404          404      400    404     404
  other              in        404      404        404          404      405    404     404
/desk/composing/updates/project-left-out/decision/
  POST unlooked      in        404      404        404          404      409    404     404
/desk/composing/updates/project-submitted/decision/
  POST include       in        404      404        404          404      go     404     404
/desk/composing/updates/project-drafted/decision/
  POST include       in        404      404        404          404      404    404     404
/desk/composing/updates/note/decision/
  POST leave         in        404      404        404          404      404    404     404
/desk/published/updates/project-left-out/decision/
  POST include       in        404      404        404          404      go     404     404
"""

ADMIN = """
                    anonymous reader contributor colleague former_owner director admin superuser
/admin/
  GET HEAD POST      in        403      403        403          403      403    200     200
/admin/login/
  GET POST           in        403      403        403          403      403    go      go
/admin/logout/
  GET                in        403      403        403          403      403    200     200
  POST nothing       in        403      403        403          403      403    go      go
/admin/password_change/
  GET POST           in        403      403        403          403      403    go      go
/admin/password_change/done/
  GET                in        403      403        403          403      403    go      go
/admin/autocomplete/
  GET                in        403      403        403          403      403    403     403
/admin/jsi18n/
  GET                in        403      403        403          403      403    200     200
/admin/r/1/1/
  GET                in        403      403        403          403      403    404     404
/admin/nowhere/
  GET POST           in        403      403        403          403      403    404     404
/admin/people/
  GET                in        403      403        403          403      403    200     200
/admin/people/event/
  GET                in        403      403        403          403      403    404     404
/admin/auth/group/
  GET                in        403      403        403          403      403    404     404
/admin/weeknotes/digest/
  GET                in        403      403        403          403      403    404     404
/admin/weeknotes/update/
  GET                in        403      403        403          403      403    404     404
/admin/people/user/import/
  GET HEAD           in        403      403        403          403      403    200     200
  POST nothing       in        403      403        403          403      403    422     422
/admin/people/user/import/example/
  GET HEAD           in        403      403        403          403      403    200     200
/admin/projects/project/import/
  GET HEAD           in        403      403        403          403      403    200     200
  POST nothing       in        403      403        403          403      403    422     422
/admin/projects/project/import/example/
  GET HEAD           in        403      403        403          403      403    200     200
/admin/people/user/ONE/leaving/
  GET POST           in        403      403        403          403      403    200     200
/admin/people/user/ONE/return/
  GET                in        403      403        403          403      403    200     200
  POST nothing       in        403      403        403          403      403    go      go
/admin/people/team/ONE/merge/
  GET POST           in        403      403        403          403      403    200     200
/admin/projects/project/ONE/merge/
  GET POST           in        403      403        403          403      403    200     200
"""

# The same for every MODEL in the admin; ONE is the number of its first row.
EVERY_MODEL = """
                    anonymous reader contributor colleague former_owner director admin superuser
/admin/MODEL/
  GET HEAD           in        403      403        403          403      403    200     200
/admin/MODEL/add/
  GET POST           in        403      403        403          403      403    200     200
/admin/MODEL/ONE/
  GET                in        403      403        403          403      403    go      go
/admin/MODEL/ONE/change/
  GET                in        403      403        403          403      403    200     200
/admin/MODEL/ONE/history/
  GET                in        403      403        403          403      403    200     200
/admin/MODEL/ONE/delete/
  GET POST           in        403      403        403          403      403    403     403
"""
MODELS = [
    "people/rolegrant",
    "people/team",
    "people/teampost",
    "people/user",
    "projects/product",
    "projects/project",
    "projects/projectpost",
    "weeknotes/updatetemplate",
]
MAY_BE_DELETED = ["people/user", "weeknotes/updatetemplate"]  # or says why not


def every_row() -> Iterator[Row]:
    """All rows of all tables."""
    for text in (
        DOOR_AND_READING,
        RECORDS,
        REACTING,
        WRITING_WHILE_COLLECTING,
        WRITING_LATER,
        DESK,
        DESK_UPDATES,
        CORRECTING,
        ROLES,
        EVENTS,
        ADMIN,
    ):
        yield from read_table(text)
    for model in MODELS:
        for row in read_table(EVERY_MODEL.replace("MODEL", model)):
            if row.address.endswith("/delete/") and model in MAY_BE_DELETED:
                row.answers.update(admin="200", superuser="200")
            yield row


ROWS = list(every_row())
PAGES = [row for row in ROWS if not row.address.startswith("/static/")]
ONCE_A_METHOD = list({(row.address, row.methods[0]): row for row in ROWS}.values())
REFUSED = ("in", "403", "404", "405")
POSTS = {pattern_of(row.address): row for row in ROWS if "POST" in row.methods}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with standing_world(django_db_blocker) as world:
        world.kept.update(everything_kept())
        yield world


class Answer(NamedTuple):
    """What somebody is answered: in the table's words, all that it tells, and where it leads."""

    words: str
    shown: Any
    leads_to: str | None


@cache
def answered(world: World, role: str, method: str, row: Row) -> Answer:
    """The answer, asked for once; what it did is undone, and unless it is "go" it did nothing."""
    with undone(), writing() as written:
        response = ask(world, role, method, row.address, row.sends)
        words = in_words(response)
        if written and words != "go":
            # Whoever may write it has it open: a form's own button may say so, no GET.
            has_it_open = method == "POST" and words in ("200", "409", "422")
            beside = ("weeknotes.Presence",) if has_it_open else ()
            kept = {k: rows for k, rows in world.kept.items() if k not in beside}
            now = everything_kept(beside=beside)
            assert now == kept, f"{method} by {role} changed something"
    told = None if response.streaming else shown(response)
    return Answer(words, told, response.headers.get("Location"))


@pytest.fixture
def asked_anew() -> Iterator[None]:
    """No answer is known from before, nor afterwards: for a test that takes a guard out."""
    answered.cache_clear()
    yield
    answered.cache_clear()


def who_asks(row: Row, config: pytest.Config) -> list[str]:
    """Everybody; one of those refused alike in a run that is about the other engine alone."""
    if not config.getoption("--database-only"):
        return CAST
    first = {answer: role for role, answer in reversed(row.answers.items())}
    return [
        role
        for role, answer in row.answers.items()
        if answer not in REFUSED or first[answer] == role
    ]


@pytest.mark.rights
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_role_is_answered_as_the_table_says(
    world: World, row: Row, pytestconfig: pytest.Config
) -> None:
    asking = who_asks(row, pytestconfig)
    for method in row.methods:
        answers = {role: answered(world, role, method, row).words for role in asking}
        assert answers == {role: row.answers[role] for role in asking}, method


@pytest.mark.everywhere
@pytest.mark.parametrize(
    ("deputy", "like"),
    [
        ("standing_in", "contributor"),  # on the first and last day of it
        ("stood_in", "former_owner"),  # until yesterday
        ("to_stand_in", "former_owner"),  # from tomorrow
    ],
)
def test_a_deputy_is_answered_as_whom_they_stand_in_for_while_it_lasts(
    world: World, deputy: str, like: str
) -> None:
    rows = [*read_table(WRITING_WHILE_COLLECTING), *read_table(WRITING_LATER)]
    for row in rows:
        for method in row.methods:
            with undone():
                answer = in_words(ask(world, deputy, method, row.address, row.sends))
            assert answer == row.answers[like], (method, str(row))


@pytest.mark.everywhere
@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_leaver_with_an_old_cookie_is_answered_as_a_stranger(world: World, row: Row) -> None:
    for method in row.methods:
        told = [answered(world, who, method, row)[1:] for who in ("anonymous", *LEAVERS)]
        assert told == [told[0]] * 3, method


@pytest.mark.everywhere
@pytest.mark.parametrize("row", ONCE_A_METHOD, ids=str)
def test_what_one_may_not_see_answers_as_what_does_not_exist(world: World, row: Row) -> None:
    for role in [role for role, answer in row.answers.items() if answer == "404"]:
        told = answered(world, role, row.methods[0], row).shown
        to = row.address if row.sends not in ("", "nothing") else ""
        for address in nonsense_for(row.address):
            asked = (role, row.methods[0], address, row.sends, to)
            assert about_nonsense(world, *asked) == told, (role, address)


@pytest.mark.usefixtures("asked_anew")
def test_a_leaver_who_is_let_in_would_be_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(User, "is_active", True)
    (row,) = (row for row in ROWS if row.address == "/digests/" and "GET" in row.methods)
    with pytest.raises(AssertionError):
        test_a_leaver_with_an_old_cookie_is_answered_as_a_stranger(world, row)


@pytest.mark.usefixtures("asked_anew")
def test_a_guard_that_is_gone_would_be_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.setattr(User, "is_editor", True)
    (row,) = (row for row in ROWS if row.address == "/desk/" and "GET" in row.methods)
    with pytest.raises(AssertionError):
        test_each_role_is_answered_as_the_table_says(world, row, pytestconfig)


def test_every_address_of_the_portal_is_in_the_table() -> None:
    declared = defaultdict(set)
    for row in ROWS:
        if (pattern := pattern_of(row.address)) is not None:
            declared[pattern].update(row.methods)

    assert sorted(set(every_pattern()) - set(declared)) == []
    incomplete = {
        pattern: methods
        for pattern, methods in declared.items()
        if not pattern.startswith("admin/") and methods != set(ALL_METHODS)
    }
    assert incomplete == {}


def test_every_model_of_the_admin_is_in_the_table() -> None:
    registered = {model._meta.label_lower.replace(".", "/") for model in admin.site._registry}
    assert registered == set(MODELS)


def test_a_superuser_is_answered_as_a_reader(world: World) -> None:
    different = [
        str(row)
        for row in ROWS
        if not row.address.startswith("/admin/")
        and row.answers["superuser"] != row.answers["reader"]
    ]
    assert different == []


def test_a_superuser_sees_what_a_reader_sees(world: World) -> None:
    world.people["namesake"] = UserFactory(
        forename=world.people["superuser"].forename, surname=world.people["superuser"].surname
    )
    for row in (row for row in ROWS if pattern_of(row.address)):
        if "GET" in row.methods and row.answers["reader"] in ("200", "404"):
            seen = [
                str(shown(ask(world, who, "GET", row.address))).replace(world.people[who].email, "")
                for who in ("superuser", "namesake")
            ]
            assert seen[0] == seen[1], row.address


@pytest.mark.parametrize("row", POSTS.values(), ids=str)
def test_nothing_is_changed_without_the_pages_token(world: World, row: Row) -> None:
    if row.answers["reader"] == row.answers["director"] == row.answers["admin"] == "404":
        return
    for role in ("anonymous", "contributor", "director"):
        client = world.client(role, enforce_csrf_checks=True)
        with writing() as written:
            answer = client.post(address_for(row.address), {})
        # A page without a token to check is one that changes nothing: it sends somebody away.
        assert answer.status_code in (403, 404, 405), role
        assert not written or everything_kept() == world.kept


@cache
def about_nonsense(world: World, *asked: str) -> Any:
    """All that is told of something that does not exist, to whoever sends it the same."""
    return shown(ask(world, *asked))
