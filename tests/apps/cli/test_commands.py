"""The command line: help, exit codes, and what it must not load."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cartagena.cli.main import cli
from cartagena.config import embedded_postgres
from tests.programs import get_environment


def run(*arguments: object, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cartagena.cli.main", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=get_environment(**variables),
        timeout=120,
        check=False,
    )


def list_commands(group: click.Group, context: click.Context) -> list[tuple[str, click.Command]]:
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {sub}", item) for sub, item in list_commands(command, context)]
    return found


def test_every_command_and_option_explains_itself() -> None:
    commands = list_commands(cli, click.Context(cli))
    assert {"serve", "check", "version", "db start", "messages update"} <= {n for n, _ in commands}
    silent = [name for name, command in commands if not command.get_short_help_str()]
    # What a list of commands cuts off at the width of a terminal explains nothing.
    silent += [n for n, command in commands if command.get_short_help_str(62).endswith("...")]
    silent += [
        f"{name} {parameter.opts}"
        for name, command in commands
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert silent == []


def test_help_loads_no_django() -> None:
    code = (
        "import sys; from cartagena.cli.main import cli; cli(['--help'], standalone_mode=False);"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL).returncode == 0


def test_unknown_command_is_wrong_usage() -> None:
    assert CliRunner().invoke(cli, ["no-such-command"]).exit_code == 2


def test_version_can_be_read_by_a_machine() -> None:
    versions = json.loads(CliRunner().invoke(cli, ["version", "--json"]).output)
    assert versions["embedded_postgresql"] == "18"


def test_check_lists_every_wrong_setting_in_plain_words(tmp_path: Path) -> None:
    done = run(
        "check",
        "--data",
        tmp_path / "data",
        CARTAGENA_HTTPS="maybe",
        CARTAGENA_LOG_LEVEL="LOUD",
        DATABASE_URL="mysql://u:hush@h/n",
    )
    assert done.returncode == 1
    for name in ("CARTAGENA_HTTPS", "CARTAGENA_LOG_LEVEL", "DATABASE_URL"):
        assert f"Problem: {name}" in done.stdout
    assert "hush" not in done.stdout + done.stderr


def test_data_folder_that_is_a_file_gives_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("db", "start", "--data", tmp_path / "file" / "data")
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_database_is_started_kept_and_stopped_by_hand(data_folder: Path) -> None:
    folder = data_folder
    assert run("db", "status", "--data", folder).returncode == 3
    try:
        assert run("db", "start", "--data", folder).returncode == 0
        status = json.loads(run("db", "status", "--json", "--data", folder).stdout)
        assert status["answering"] is True
        with embedded_postgres.using_server(folder):
            refused = run("db", "stop", "--data", folder)
            assert refused.returncode == 3
            assert "--force" in refused.stderr
        # Kept: who used it in between did not stop it.
        assert embedded_postgres.get_status(folder).answering
    finally:
        stopped = run("db", "stop", "--data", folder)
    assert stopped.stdout == "PostgreSQL is stopped.\n"
    assert embedded_postgres.get_status(folder).pid is None


@pytest.mark.parametrize(
    "url",
    ["postgresql://nobody@127.0.0.1:1/none", "postgresql://nobody@no-such-host.invalid/none"],
)
def test_database_that_does_not_answer_gives_one_sentence(tmp_path: Path, url: str) -> None:
    done = run("serve", "--port", "18733", "--data", tmp_path / "data", DATABASE_URL=url)
    assert done.returncode == 3
    assert "named by DATABASE_URL does not answer" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("9.9.9", "1.2.4", "foo"), "There is no indicator '9.9.9' or 'foo'. Indicators run from"),
        (("--point", "0001-01-01"), "Nothing can be evaluated on 0001-01-01"),
        (("--point", "2999-12-31"), "2999-12-31 is in the future"),
        (("--as-of", "2999-12-31"), "2999-12-31 is in the future"),
    ],
)
def test_evaluate_refuses_what_nobody_can_know(arguments: tuple[str, ...], said: str) -> None:
    facts = Path(__file__).parents[3] / "docs/tutorials/files/ten-parties"
    done = CliRunner().invoke(cli, ["evaluate", "--facts", str(facts), *arguments])
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
