"""One table says who may do what; what it does not name is forbidden."""

from __future__ import annotations

import pytest

from kiosk.errors import Forbidden
from kiosk.people.permissions import Permission, Role, allowed
from kiosk.people.staff import Actor, Grant

MEERA = Actor("1", "meera", "Meera Nair", (Grant(Role.MODERATOR, "harbour", "lindmark"),))
NOBODY = Actor("2", "nobody", "Nobody", ())


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        (Role.MODERATOR, {"read-voices", "decide", "lead-walls", "read-log", "host-groups"}),
        (Role.OFFICE, {"read-answers", "draft-answer"}),
        (Role.MAYOR, {"read-answers", "draft-answer", "release-answer"}),
        (Role.EDITOR, {"edit", "publish", "host-groups"}),
        (Role.OPERATOR, {"read-kiosks", "settle-messages"}),
        (Role.ADMIN, {"read-kiosks", "settle-messages", "admit", "read-log", "publish"}),
    ],
)
def test_a_role_allows_exactly_this(role: Role, permissions: set[str]) -> None:
    """Adding a permission to a role is a decision that this table shows."""
    assert {str(p) for p in Permission if allowed(role, p)} == permissions


def test_every_permission_is_someones_work() -> None:
    """Nothing can be asked for that no role has."""
    assert all(any(allowed(role, p) for role in Role) for p in Permission)


def test_someone_without_a_grant_may_do_nothing() -> None:
    """An account alone opens no door."""
    assert not any(NOBODY.may(p, "harbour", "lindmark") for p in Permission)


def test_a_grant_ends_at_the_border_of_its_city_and_exhibition() -> None:
    """Meera judges Lindmark's voices, not Port-Aubier's, and not another exhibition's."""
    assert MEERA.may(Permission.DECIDE, "harbour", "lindmark")
    assert not MEERA.may(Permission.DECIDE, "harbour", "port-aubier")
    assert not MEERA.may(Permission.DECIDE, "harbour", "")
    assert not MEERA.may(Permission.DECIDE, "mountain", "lindmark")


def test_an_empty_city_in_a_grant_means_every_city() -> None:
    """An editor of the whole exhibition edits for each of its cities."""
    edda = Actor("3", "edda", "Edda", (Grant(Role.EDITOR, "harbour"),))
    assert edda.may(Permission.EDIT, "harbour", "")
    assert edda.may(Permission.EDIT, "harbour", "lindmark")
    assert edda.scope(Permission.EDIT, "harbour").every


def test_a_scope_holds_the_cities_of_fitting_roles_only() -> None:
    """Who moderates in one city and drafts in another sees the queue of the first alone."""
    both = Actor(
        "4",
        "both",
        "Both",
        (
            Grant(Role.MODERATOR, "harbour", "lindmark"),
            Grant(Role.OFFICE, "harbour", "port-aubier"),
        ),
    )
    scope = both.scope(Permission.READ_VOICES, "harbour")
    assert (scope.every, scope.cities) == (False, frozenset({"lindmark"}))
    assert not both.scope(Permission.READ_VOICES, "mountain")


def test_what_is_not_allowed_is_said_plainly() -> None:
    """Meera asks for what a mayor does, and is told whom to ask."""
    with pytest.raises(Forbidden, match="Your role does not include this"):
        MEERA.require(Permission.RELEASE_ANSWER, "harbour", "lindmark")
