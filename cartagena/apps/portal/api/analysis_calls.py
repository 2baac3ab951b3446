"""The call of the analyser."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from cartagena.apps.portal.api.answering import page_of
from cartagena.apps.portal.api.shapes import analysis as shapes
from cartagena.apps.portal.open_data import analysis as rows
from cartagena.apps.portal.open_data.analysis_query import answer_analysis

router = Router(tags=["Analysis of reports"])


@router.get("/analysis", response=shapes.AnalysisAnswer, summary="Answers by question and group")
def get_analysis(request: HttpRequest, query: Query[shapes.AnalysisQuery]) -> Any:
    """Any questions by any cycles by any groups, counted in Parties, never in options chosen."""
    knowledge, analysis = answer_analysis(request)
    compared = query.view == "comparison"
    found = rows.comparison_rows(analysis) if compared else rows.cell_rows(analysis)
    return page_of(
        request,
        knowledge,
        query,
        found,
        demonstration=any(row["demonstration"] for row in found),
        universe=analysis.query.universe,
        timing=analysis.query.timing,
        filtered=None if analysis.kept is None else len(analysis.kept),
        questions=[rows.question_row(each) for each in analysis.questions],
        reports=[
            {
                "source": each.source,
                "groups": rows.report_rows(each),
                "named": rows.named_sets(each),
            }
            for each in analysis.sources
        ],
    )
