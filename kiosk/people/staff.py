"""A member of staff, what she is appointed to, and whether that allows what she is about to do."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.errors import Forbidden
from kiosk.people.permissions import Permission, Role, allowed

EVERY = ""
"""In a grant: every exhibition, or every city."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in one city of one exhibition; an empty *exhibition* or *city* means every one.

    *office* is how the office is named when its holder speaks: “Mayor of Sceaux”.
    """

    role: Role
    exhibition: str = EVERY
    city: str = EVERY
    office: str = ""

    def covers(self, exhibition: str, city: str) -> bool:
        """Whether it reaches this city of this exhibition."""
        return self.exhibition in {EVERY, exhibition} and self.city in {EVERY, city}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a permission reaches in one exhibition: these *cities*, or *every* one."""

    exhibition: str
    every: bool
    cities: frozenset[str]

    def reaches(self, city: str) -> bool:
        """Whether a voice of this city lies within it."""
        return self.every or city in self.cities

    def __bool__(self) -> bool:
        return self.every or bool(self.cities)


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who is logged in now: *id*, the names, and her grants as the database has them."""

    id: str
    user_name: str
    display_name: str
    grants: tuple[Grant, ...]

    def may(self, permission: Permission, exhibition: str, city: str) -> bool:
        """Whether one of her grants allows it there."""
        return self.grant_for(permission, exhibition, city) is not None

    def grant_for(self, permission: Permission, exhibition: str, city: str) -> Grant | None:
        """The grant by which she may do it there."""
        fitting = (
            g for g in self.grants if allowed(g.role, permission) and g.covers(exhibition, city)
        )
        return next(fitting, None)

    def scope(self, permission: Permission, exhibition: str) -> Scope:
        """Where in this exhibition she may do it; false when nowhere."""
        cities = [
            g.city
            for g in self.grants
            if allowed(g.role, permission) and g.exhibition in {EVERY, exhibition}
        ]
        return Scope(exhibition, EVERY in cities, frozenset(cities) - {EVERY})

    def scope_city(self, permission: Permission, exhibition: str) -> str:
        """The city that new work of hers belongs to: her own, or none where she has every one."""
        scope = self.scope(permission, exhibition)
        return EVERY if scope.every or not scope.cities else min(scope.cities)

    def anywhere(self, permission: Permission, exhibition: str) -> bool:
        """Whether she may do it in at least one city of this exhibition."""
        return bool(self.scope(permission, exhibition))

    def require_anywhere(self, permission: Permission, exhibition: str) -> None:
        """Raise unless she may do it in at least one city of this exhibition.

        Raises:
            Forbidden: she may not.
        """
        if not self.anywhere(permission, exhibition):
            raise _forbidden()

    def require(self, permission: Permission, exhibition: str, city: str) -> Grant:
        """Return the grant that allows it.

        Raises:
            Forbidden: none does.
        """
        grant = self.grant_for(permission, exhibition, city)
        if grant is None:
            raise _forbidden()
        return grant


def _forbidden() -> Forbidden:
    return Forbidden("Your role does not include this.", "Ask an administrator of the desk for it.")
