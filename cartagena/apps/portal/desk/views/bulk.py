"""Many records from one table: template, upload, preview, and what was accepted carried out."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cartagena.apps.drafting import api as drafting
from cartagena.apps.portal.desk import bulk_problems
from cartagena.apps.portal.desk.bulk_presenters import list_sorts, show_rows
from cartagena.apps.portal.desk.bulk_read import LARGEST, MEGABYTE, Table, hash_upload, read_upload
from cartagena.apps.portal.desk.bulk_template import write_csv_template, write_workbook_template
from cartagena.apps.portal.desk.bulk_work import work_on
from cartagena.apps.portal.desk.guard import Answer, Desk, desk_page, explain, go
from cartagena.apps.portal.desk.views.work import list_startable
from cartagena.apps.portal.tasks import defer_table
from cartagena.apps.registry import api as registry
from cartagena.engine.questionnaire import LANGUAGES
from cartagena.engine.record_format import RecordFormat, load_record_format

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SECONDS = 2.0
"""So long a page works on a table itself: a short one is done when the page is there."""
_EACH_PAGE = 50


@desk_page("", methods=("GET", "HEAD"))
def send_template(desk: Desk, record_type: str, form: str) -> HttpResponse:
    """An empty table of a type; `?languages=en,fr` names the languages of its texts."""
    startable = list_startable(desk)
    if record_type not in startable or form not in ("csv", "xlsx"):
        raise Http404
    shape = startable[record_type]
    asked = desk.request.GET.get("languages", desk.language).split(",")
    languages = [code for code in LANGUAGES if code in asked] or ["en"]
    write = write_csv_template if form == "csv" else write_workbook_template
    return _send_file(write(shape, languages, desk.language), record_type, form)


@desk_page("", methods=("GET", "HEAD"))
def send_problems(desk: Desk, key: uuid.UUID, form: str) -> HttpResponse:
    """The rows that have problems, with what they are, to be corrected and sent again."""
    table = drafting.get_table(key, desk.user, desk.now)
    if form not in ("csv", "xlsx"):
        raise Http404
    write = bulk_problems.write_workbook_problems
    if form == "csv":
        write = bulk_problems.write_csv_problems
    return _send_file(write(table), f"{table.type}-problems", form)


def _send_file(content: bytes, name: str, form: str) -> HttpResponse:
    kind = "text/csv; charset=utf-8" if form == "csv" else _XLSX
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@desk_page("bulk.html")
def upload(desk: Desk) -> Answer:
    """Send a filled table; its rows are kept and looked at, nothing else."""
    startable = list_startable(desk)
    desk.name_page(_("Many records from a table"))
    chosen = desk.sent("type") or desk.request.GET.get("type", "")
    context = {
        "types": list(startable.values()), "chosen": chosen, "most": settings.TABLE_ROWS,
        "megabytes": LARGEST // MEGABYTE, "tables": drafting.list_tables(desk.user, desk.now),
        "kept_for": drafting.KEPT_FOR.days,
    }  # fmt: skip
    if not desk.is_sent:
        return context
    if chosen not in startable:
        return {**context, "problems": [(_("Choose a kind of record."), "#type")], "status": 400}
    sent = desk.request.FILES.get("file")
    if sent is None:
        return {**context, "problems": [(_("Choose a file first."), "#file")], "status": 400}
    digest = hash_upload(sent)
    same = drafting.find_same_table(desk.user, chosen, digest)
    if same is not None and not same.wish:
        return go("preview", same.key)  # sent twice
    read = read_upload(sent, startable[chosen])
    if read.errors:
        problems = [(words, "") for words in (*read.errors, *read.warnings)]
        return {**context, "problems": problems, "status": 400}
    if same is not None:
        read.warnings.append(
            _(
                "The same table was carried out already, on %(day)s. Rows without a number of a "
                "record would make their records once more."
            )
            % {"day": same.moved_at.strftime("%Y-%m-%d")}
        )
    table = _keep(desk, startable[chosen], read, sent.name or "", digest)
    _work(table)
    return go("preview", table.key)


def _keep(
    desk: Desk, shape: RecordFormat, read: Table, name: str, digest: str
) -> drafting.SentTable:
    table = drafting.SentTable(
        author=desk.user, type=shape.id, filename=name[:120].replace("\0", ""), sha256=digest,
        language=get_language() or "en", heads=read.heads, columns=read.columns,
        warnings=read.warnings, sent_at=desk.now, moved_at=desk.now,
    )  # fmt: skip
    return drafting.keep_table(table, ((row.place, dict(row.cells)) for row in read.rows))


def _work(table: drafting.SentTable) -> None:
    """Do a short table at once; a long one goes on in the background."""
    if not work_on(table, seconds=_SECONDS):
        defer_table(table.pk)


@desk_page("preview.html")
def show_preview(desk: Desk, key: uuid.UUID) -> Answer:
    """Every row with what it would do and its problems; the buttons carry it out."""
    try:
        table = drafting.get_table(key, desk.user, desk.now)
    except drafting.TableNotFoundError:
        message = _("There is no such table any more. They are kept for %(days)s days.")
        message %= {"days": drafting.KEPT_FOR.days}
        return explain(desk, 404, _("There is no such page"), message)
    if desk.is_sent:
        wish = desk.sent("desk-do")
        if wish in drafting.SentTable.Wish.values and not drafting.accept_table(
            table, wish, desk.now
        ):
            messages.warning(desk.request, _("This table is being carried out already."))
        elif wish in drafting.SentTable.Wish.values:
            table.wish = wish
            _work(table)
        return go("preview", key)
    desk.name_page(_("Preview"), (_("Many records from a table"), "../bulk"))
    return _describe(desk, table)


def _describe(desk: Desk, table: drafting.SentTable) -> dict[str, Any]:
    shape = load_record_format(table.type)
    government = desk.user.party if shape.kind == "national" else None
    tally = drafting.count_rows(table)
    sorts = list_sorts(table, tally)
    sort = desk.request.GET.get("show", "")
    sort = sort if sort in {each.code for each in sorts} else ""
    rows = drafting.list_sent_rows(table, sort)
    total = next(each.count for each in sorts if each.code == sort)
    pages = max(1, -(-total // _EACH_PAGE))
    asked = desk.request.GET.get("page", "")
    page = min(int(asked), pages) if asked.isdecimal() and len(asked) < 7 else 1
    page = max(page, 1)
    start = (page - 1) * _EACH_PAGE

    def link(number: int) -> str:
        return "?" + urlencode({"show": sort, "page": number} if sort else {"page": number})

    return {
        "table": table,
        "shape": shape,
        "tally": tally,
        "step": "done" if table.wish and tally.is_carried_out else "working" if table.wish
        else "waiting" if tally.is_looked_at else "looking",
        "sorts": sorts,
        "sort": sort,
        "rows": show_rows(table, rows[start : start + _EACH_PAGE]),
        "page_number": page,
        "pages": pages,
        "previous": link(page - 1) if page > 1 else "",
        "next": link(page + 1) if page < pages else "",
        "may_publish": registry.may(desk.user, "publish", shape.id, government),
        "may_request": registry.may(desk.user, "request", shape.id, government, own_draft=True),
    }  # fmt: skip
