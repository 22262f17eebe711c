"""The command line: ``kiosk demo | hub | public | desk | touch | enrol | check | publish | …``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kiosk import clock, settings
from kiosk.apps import administration, opening
from kiosk.errors import KioskError

app = typer.Typer(
    help="A mayors' summit's conclusions as an exhibition: read, vote, comment, get an answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_out = Console(highlight=False, markup=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


@app.command()
def demo() -> None:
    """Show everything on this machine: hub, desk, touchscreen, with the real content."""
    from kiosk.apps.demo import run

    raise typer.Exit(run(settings.load))


@app.command()
def hub() -> None:
    """Bring the database up to date, then run the public side and the desk."""
    from kiosk.apps.hub import run

    raise typer.Exit(run(settings.load()))


@app.command()
def public(
    workers: Annotated[
        int | None,
        typer.Option(
            help="Processes that share the port; more than 1 needs PostgreSQL (KIOSK_HUB_WORKERS).",
            min=1,
            max=64,
        ),
    ] = None,
) -> None:
    """Run the hub's public side: phones, wall, API."""
    from kiosk.apps.public import main as run

    loaded = settings.load()
    run(loaded if workers is None else loaded.model_copy(update={"hub_workers": workers}))


@app.command()
def desk() -> None:
    """Run the desk of moderators, mayors' offices, editors and operators."""
    from kiosk.apps.desk import main as run

    run(settings.load())


@app.command()
def touch() -> None:
    """Run a touchscreen on this machine."""
    from kiosk.apps.touch import main as run

    run(settings.load())


@app.command()
def migrate() -> None:
    """Bring the hub's database to this program's schema."""
    with administration.hub(settings.load()) as database:
        opening.migrate(database)
    _out.print("The database is up to date.")


@app.command()
def enrol(
    name: Annotated[str, typer.Argument(help="The kiosk's name, such as 'Town hall'.")] = "",
    exhibition: Annotated[str, typer.Option(help="Only this exhibition; empty: all.")] = "",
    city: Annotated[str, typer.Option(help="Id of the city where it stands.")] = "",
    place: Annotated[str, typer.Option(help="Its spot as results name it.")] = "",
    to: Annotated[Path | None, typer.Option(help="Where to write its identity file.")] = None,
    again: Annotated[
        Path | None, typer.Option(help="After a restore: the identity file of a kiosk to let in.")
    ] = None,
    code: Annotated[str, typer.Option(help="On the kiosk: the code that the desk shows.")] = "",
    hub: Annotated[str, typer.Option(help="With --code: the hub's address.")] = "",
) -> None:
    """Enrol a kiosk: at the hub by a name, or on the kiosk itself by the code of the desk."""
    loaded = settings.load()
    if code:
        identity = administration.enrol_here(loaded, code, hub, to)
        _out.print(f"This machine is {identity.name}, kiosk {identity.number}. Run `kiosk touch`.")
        return
    if again is not None:
        new = administration.enrol_again(loaded, again, clock.now())
        _out.print("The kiosk is let in again." if new else "The hub knows this kiosk.")
        return
    path = administration.enrol(loaded, name, exhibition, city, place, to, clock.now())
    _out.print(f"{name} is enrolled. Its identity, a secret, is in {path}.")
    _out.print("Put it at KIOSK_DATA/touch/identity.json on the kiosk, then run `kiosk touch`.")


@app.command()
def corner() -> None:
    """On a screen: make the code that opens its staff corner; the one before ends."""
    from kiosk.screens.touch import staff_code

    code = staff_code.new_code()
    staff_code.keep(settings.load().staff_code, code)
    _out.print(f"The staff corner of this screen opens by {code}. It is shown this once.")


@app.command()
def kiosks() -> None:
    """List the enrolled kiosks: when each was heard, what waits there, how far its clock is off."""
    table = Table("no.", "name", "heard", "waiting", "clock", "software", box=None)
    for each in administration.kiosks(settings.load()):
        heard = clock.to_text(each.last_seen_at) if each.last_seen_at else "never"
        table.add_row(
            str(each.number),
            each.name,
            "shut out" if each.revoked_at else heard,
            f"{each.queue_length} since {each.queue_age_s} s" if each.queue_length else "nothing",
            f"{each.clock_offset_ms / 1000:+.1f} s",
            each.software,
        )
    _out.print(table)


@app.command()
def revoke(
    number: Annotated[int, typer.Argument(help="The kiosk's number, as `kiosk kiosks` lists it.")],
) -> None:
    """Shut a kiosk out: its credential and its codes end at once; what it sent stays."""
    name = administration.revoke(settings.load(), number, clock.now())
    _out.print(f"{name} is shut out.")


@app.command()
def staff(
    user: Annotated[str, typer.Argument(help="The name to log in with.")],
    role: Annotated[str, typer.Option(help="moderator, office, mayor, editor, operator, admin")],
    city: Annotated[str, typer.Option(help="Id of the city it is for; empty: all.")] = "",
    exhibition: Annotated[str, typer.Option(help="Only this exhibition; empty: all.")] = "",
    name: Annotated[str, typer.Option(help="The name that colleagues see.")] = "",
    office: Annotated[str, typer.Option(help="The office that answers are signed with.")] = "",
) -> None:
    """Open an account at the desk, or open it again, and print its password; or add a role."""
    password = administration.add_staff(
        settings.load(), user, role, exhibition, city, name or user, office, clock.now()
    )
    _out.print(f"user {user}  password {password}" if password else f"{user} is also {role} now.")


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="An exhibition's folder.")],
) -> None:
    """Check an exhibition's files: each fault with file, line and cure."""
    errors = administration.print_faults(folder, _out.print)
    raise typer.Exit(1 if errors else 0)


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="An exhibition's folder.")],
    note: Annotated[str, typer.Option(help="What is new, for the list of editions.")] = "",
    spoken_anew: Annotated[
        bool, typer.Option(help="Have every text spoken again, as after a voice was installed.")
    ] = False,
) -> None:
    """Check an exhibition's files, freeze them as an edition and release it to every kiosk."""
    edition = administration.publish(
        settings.load(), folder, note, clock.now(), spoken_anew=spoken_anew
    )
    _out.print(f"Released edition {edition.number} of {edition.exhibition} ({edition.id}).")


@app.command()
def rollback(
    exhibition: Annotated[str, typer.Argument(help="Id of the exhibition.")],
    edition: Annotated[str, typer.Option(help="Id of an edition; empty: the one before.")] = "",
) -> None:
    """Release an older edition again; every kiosk switches back when idle."""
    older = administration.roll_back(settings.load(), exhibition, edition, clock.now())
    _out.print(f"Released edition {older.number} of {older.exhibition} again ({older.id}).")


@app.command()
def dismiss(
    user: Annotated[str, typer.Argument(help="The name that she logs in with.")],
) -> None:
    """Close an account at the desk; what she decided keeps her name."""
    administration.dismiss(settings.load(), user, clock.now())
    _out.print(f"{user} is out.")


@app.command()
def backup(
    to: Annotated[Path | None, typer.Argument(help="The file to write.")] = None,
    into: Annotated[
        Path | None, typer.Option(help="A folder: name the file by the moment, verify it.")
    ] = None,
    keep: Annotated[
        int, typer.Option(help="With --into: delete backups older than so many days; 0: none.")
    ] = 0,
) -> None:
    """Write a consistent copy of the hub while it runs, with a manifest and the editions' files."""
    from kiosk.apps import backup_commands

    for line in backup_commands.take(settings.load(), to, into, keep, clock.now()):
        _out.print(line)


@app.command()
def verify(file: Annotated[Path, typer.Argument(help="A backup of `kiosk backup`.")]) -> None:
    """Look at a backup as if it were restored, and note at the hub that there is a good one."""
    from kiosk.apps import backup_commands

    faults = 0
    for line, is_fault in backup_commands.verify(settings.load(), file):
        _out.print(line)
        faults += is_fault
    raise typer.Exit(1 if faults else 0)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup of `kiosk backup`.")],
    lists: Annotated[
        list[Path] | None,
        typer.Option(help="A folder with newer copies of erased.jsonl and admissions.jsonl."),
    ] = None,
    anyway: Annotated[
        bool, typer.Option(help="Also another hub's backup, a faulty one, or without lists.")
    ] = False,
) -> None:
    """Put a backup in the place of the stopped hub; what was there is kept aside."""
    from kiosk.apps import backup_commands

    folders, now = tuple(lists or ()), clock.now()
    for line in backup_commands.restored(settings.load(), file, folders, now, anyway=anyway):
        _out.print(line)


@app.command()
def export(
    exhibition: Annotated[str, typer.Argument(help="Id of the exhibition.")],
    to: Annotated[Path, typer.Argument(help="The zip file to write.")],
) -> None:
    """Write the open data: questions, results, ballots to recount, public comments and answers."""
    from kiosk.apps.open_data import export as write

    comments = write(settings.load(), exhibition, to, clock.now())
    _out.print(f"{to}: results, ballots and {comments} comments. README.txt inside explains them.")


@app.command()
def doctor() -> None:
    """Check this machine and say what to mend."""
    from kiosk.apps.doctor import examine

    table = Table("", "what", "found", "cure", box=None, header_style="bold")
    findings = examine(settings.load())
    for finding in findings:
        mark = {"good": "ok", "warning": "!", "bad": "✗"}[finding.grade]
        table.add_row(mark, finding.what, finding.found, finding.cure)
    _out.print(table)
    raise typer.Exit(1 if any(f.grade == "bad" for f in findings) else 0)


def main() -> None:
    """Run a command; a refusal is told in one sentence with its cure, without a trace."""
    os.umask(0o077)  # what is written holds keys, and what residents wrote: for its owner only
    try:
        app()
    except KioskError as error:
        _err.print(f"{error}\n{error.remedy}".strip())
        sys.exit(2)
