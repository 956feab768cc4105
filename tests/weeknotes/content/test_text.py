from datetime import date

from hypothesis import given

from tests.weeknotes.content.seed_documents import FULL, full_digest
from tests.weeknotes.content.strategies import documents
from weeknotes.content.document import Byline, Document, NoUpdate, Rag, RagColour
from weeknotes.content.kinds import (
    CountRow,
    CountsSection,
    DateRow,
    DatesSection,
    PlansSection,
    RiskKind,
    RiskRow,
    RisksSection,
    TextSection,
    ThanksRow,
    ThanksSection,
    WorkstreamRow,
    WorkstreamsSection,
    WorkstreamState,
)
from weeknotes.content.lines import groups_from_lines
from weeknotes.content.text import update_text


def test_document_is_written_in_plain_text():
    document = Document(
        byline=(Byline(name="Ann", job_title="Lead"),),
        rag=Rag(colour=RagColour.GREEN, words="on track", reason="All *well*."),
        sections=(
            TextSection(heading="Empty"),
            TextSection(text="# Head\n- **a**"),
            PlansSection(heading="Plans", groups=groups_from_lines("# G\n- b: ongoing\n  - c")),
            CountsSection(name="sprint", rows=(CountRow(label="late", number=1_000),)),
            WorkstreamsSection(rows=(WorkstreamRow(name="Build", state=WorkstreamState.PAUSED),)),
            RisksSection(nil_return="None new", rows=(RiskRow(text="d", kind=RiskKind.ISSUE),)),
            DatesSection(
                rows=(
                    DateRow(what="Tea", when="TBC"),
                    DateRow(what="*Cake*", from_on=date(2026, 5, 18), where="Hall", for_whom="all"),
                )
            ),
            ThanksSection(
                rows=(ThanksRow(who="Sam", for_what="*a*\nb"), ThanksRow(who="**All** of you"))
            ),
        ),
    )

    assert update_text(document, house_heading="Web") == (
        "Web\n===\n\nAnn, Lead\n\nStatus: Green, on track\n\nAll well.\n\nHead\n- a\n\n"
        "Plans\n-----\n\nG\n- b: ongoing\n  - c\n\n- late: 1,000\n\nSprint\n\n"
        "- Overall status: Green, on track\n- Build: Paused\n\nNone new\n\n- d (Issue)\n\n"
        "- Monday 18 May 2026: Cake (Hall, for all)\n- TBC: Tea\n\n- Sam: a\n  b\n- All of you"
    )


def test_no_update_is_written_in_plain_text():
    document = Document(no_update=NoUpdate(heading="Summary", lines="- On hold", returns="June"))

    assert update_text(document, house_heading="Web", is_project=True) == (
        "Web\n===\n\nSummary\n-------\n\nOn hold\n\nExpected back: June"
    )


def test_metrics_of_the_full_digest_are_sentences():
    document, place = full_digest()[3]
    text = update_text(document, house_heading=place["house_heading"])

    assert all(FULL[number] in text for number in (62, 63, 64, 65, 66))


@given(documents)
def test_any_document_can_be_written(document):
    assert update_text(document, house_heading="Web").startswith(document.heading or "Web")
