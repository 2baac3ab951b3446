"""`cartagena audit`: whether what is published was tampered with."""

import json
import re
from dataclasses import replace
from pathlib import Path

import click

from cartagena.cli.audit_roots import print_roots, read_roots_file
from cartagena.cli.django_setup import data_option, with_django
from cartagena.cli.exit_codes import PROBLEMS_FOUND


@click.group()
def audit() -> None:
    """Check the logs of publications, drafts and rights."""


@audit.command()
@click.option(
    "--expect",
    metavar="POSITION:HASH",
    help="An entry noted at an earlier time; it must still be there.",
)
@click.option(
    "--roots",
    "roots_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Daily roots that were saved at an earlier time; all must still be there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print for a machine to read.")
@data_option
@click.pass_context
def verify(
    ctx: click.Context,
    expect: str | None,
    roots_file: Path | None,
    as_json: bool,
    data_folder: Path,
) -> None:
    """Check all logs, every version and every draft.

    The chains of the publication log, of the drafts and of the rights, and the bytes of attached
    files: says where anything was changed.

    Note the hash it prints and keep it elsewhere: with --expect you can prove later that nothing
    before it was changed or cut off. The same with the daily roots (cartagena audit roots).
    """
    expected = None
    if expect is not None:
        match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", expect)
        if match is None:
            raise click.UsageError("--expect is POSITION:HASH, as this command prints it.")
        expected = (int(match[1]), match[2])
    with with_django(data_folder):
        from cartagena.apps.accounts.api import verify_rights
        from cartagena.apps.drafting.api import verify_drafts
        from cartagena.apps.registry.api import check_roots, verify_log

        found = verify_log(expected)
        drafts = verify_drafts()
        rights = verify_rights()
        if roots_file:
            changed = check_roots(read_roots_file(roots_file))
            found = replace(found, findings=(*found.findings, *changed))
    findings = (*found.findings, *drafts.findings, *rights.findings)
    if as_json:
        content = {
            "intact": not findings,
            "entries": found.entries,
            "versions": found.versions,
            "head": f"{found.entries}:{found.head}",
            "draft_entries": drafts.entries,
            "drafts": drafts.drafts,
            "draft_head": f"{drafts.entries}:{drafts.head}",
            "files": drafts.files,
            "rights_entries": rights.entries,
            "rights_head": f"{rights.entries}:{rights.head}",
            "findings": [{"place": f.place, "what": f.what} for f in findings],
        }
        click.echo(json.dumps(content, indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{finding.place}: {finding.what}.")
        state = "Not intact" if findings else "Intact"
        click.echo(f"{state}: {found.entries} log entries, {found.versions} versions.")
        click.echo(f"Last entry: {found.entries}:{found.head}")
        click.echo(
            f"Drafts: {drafts.entries} log entries, {drafts.drafts} drafts, {drafts.files} files."
        )
        click.echo(f"Rights: {rights.entries} log entries.")
    ctx.exit(PROBLEMS_FOUND if findings else 0)


audit.add_command(print_roots)

COMMANDS = [audit]
