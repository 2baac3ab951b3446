"""Addresses of the desk, under /desk/. All need somebody who is signed in; none is ever cached."""

from django.urls import URLPattern, path

from cartagena.apps.portal.desk.reporting import check as report_check
from cartagena.apps.portal.desk.reporting import colleagues
from cartagena.apps.portal.desk.reporting import files as report_files
from cartagena.apps.portal.desk.reporting import views as reporting
from cartagena.apps.portal.desk.views import (
    bulk,
    claims,
    confirming,
    conflict,
    draft,
    files,
    history,
    records,
    review,
    small,
    start,
    steps,
    work,
)
from cartagena.apps.portal.views import consistency, report_board

app_name = "desk"

urlpatterns: list[URLPattern] = [
    path("", work.show_work, name="home"),
    path("closed", work.show_closed, name="closed"),
    path("drafts", work.show_open, name="open"),
    path("confirm", confirming.confirm_several, name="confirm_several"),
    path("new", start.choose_type, name="start"),
    path("drafts/<str:key>", draft.edit_draft, name="draft"),
    path("drafts/<str:key>/autosave", draft.autosave, name="autosave"),
    path("drafts/<str:key>/settle", conflict.settle, name="settle"),
    path("drafts/<str:key>/check", review.show_check, name="check"),
    path("drafts/<str:key>/review", review.review_draft, name="review"),
    path("drafts/<str:key>/files", files.list_files, name="files"),
    path("drafts/<str:key>/history", history.show_history, name="history"),
    path("drafts/<str:key>/request", steps.request_publication, name="request"),
    path("drafts/<str:key>/recall", steps.recall_request, name="recall"),
    path("drafts/<str:key>/return", steps.return_draft, name="return"),
    path("drafts/<str:key>/publish", steps.publish_draft, name="publish"),
    path("drafts/<str:key>/discard", steps.discard_draft, name="discard"),
    path("files/<uuid:key>", files.send_file, name="file"),
    path("records/<str:identifier>", records.show_record, name="record"),
    path("records/<str:identifier>/amend", records.amend_record, name="amend"),
    path("records/<str:identifier>/withdraw", records.withdraw_record, name="withdraw"),
    path("records/<str:identifier>/confirm", records.confirm_record, name="confirm"),
    path("records/<str:identifier>/confidential", claims.show_claims, name="claims"),
    path("types/<str:record_type>/template.<str:form>", bulk.send_template, name="template"),
    path("bulk", bulk.upload, name="bulk"),
    path("bulk/<uuid:key>", bulk.show_preview, name="preview"),
    path("bulk/<uuid:key>/problems.<str:form>", bulk.send_problems, name="problems"),
    path("reports", reporting.list_reports, name="reports"),
    path("reports/<str:cycle>.csv", report_board.send_desk_board, name="report_board_file"),
    path("reports/<str:cycle>", report_board.show_desk_board, name="report_board"),
    path("reports/<str:cycle>/<str:party>", reporting.show_report, name="report"),
    path(
        "reports/<str:cycle>/<str:party>/sections/<str:section>",
        reporting.edit_section,
        name="report_section",
    ),
    path(
        "reports/<str:cycle>/<str:party>/sections/<str:section>/autosave",
        reporting.autosave,
        name="report_autosave",
    ),
    path("reports/<str:cycle>/<str:party>/check", report_check.show_check, name="report_check"),
    path("reports/<str:cycle>/<str:party>/files", report_files.show_files, name="report_files"),
    path(
        "reports/<str:cycle>/<str:party>/report.<str:form>",
        report_files.send_file,
        name="report_file",
    ),
    path(
        "reports/<str:cycle>/<str:party>/uploads/<uuid:key>",
        report_files.show_upload,
        name="report_upload",
    ),
    path(
        "reports/<str:cycle>/<str:party>/colleagues",
        colleagues.show_colleagues,
        name="report_colleagues",
    ),
    path("reports/<str:cycle>/<str:party>/done", colleagues.mark_done, name="report_done"),
    path("invitations/<str:secret>", colleagues.take_invitation, name="invitation"),
    path("consistency", consistency.show_consistency, name="consistency"),
    path("consistency.csv", consistency.send_consistency, name="consistency_file"),
    path("suggest", small.suggest, name="suggest"),
    path("token", small.give_token, name="token"),
]
