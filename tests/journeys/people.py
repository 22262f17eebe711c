"""The staff of the journeys, with passwords that the tests know."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.people.permissions import Role
from kiosk.people.staff import Grant

SUMMIT = "vivre-ensemble"
"""The exhibition of the journeys: the project's own content."""

SCEAUX = "sceaux"
"""The city where the screen of the journeys stands."""

TOWN_HALL = "Hôtel de ville"
"""The screen's spot, as results name it."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One who works at the desk."""

    user: str
    name: str
    grants: tuple[Grant, ...]

    @property
    def password(self) -> str:
        """Known to the tests alone."""
        return f"a long password of {self.user}"


CLARA = Colleague("clara", "Clara Lenz", (Grant(Role.MODERATOR, SUMMIT, SCEAUX),))
ODILE = Colleague("odile", "Odile Roy", (Grant(Role.OFFICE, SUMMIT, SCEAUX, "Mayor’s office"),))
MAREN = Colleague("maren", "Maren Lund", (Grant(Role.MAYOR, SUMMIT, SCEAUX, "Mayor of Sceaux"),))
ROSA = Colleague("rosa", "Rosa Albini", (Grant(Role.EDITOR, SUMMIT),))
OTTO = Colleague("otto", "Otto Brandt", (Grant(Role.OPERATOR),))
ALMA = Colleague("alma", "Alma Sanz", (Grant(Role.ADMIN),))
EVA = Colleague("eva", "Eva Sommer", tuple(Grant(role, office="Mayor of Sceaux") for role in Role))
"""In a small town one person does it all."""

EVERYONE = (CLARA, ODILE, MAREN, ROSA, OTTO, ALMA, EVA)
