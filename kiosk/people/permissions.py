"""Which role may do what at the desk: one table, and whatever it does not name is forbidden."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is appointed to, in one city of one exhibition or in all."""

    MODERATOR = "moderator"
    OFFICE = "office"
    """The mayor's office: drafts answers."""
    MAYOR = "mayor"
    """Releases answers in her own name."""
    EDITOR = "editor"
    OPERATOR = "operator"
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing that can be done at the desk."""

    READ_VOICES = "read-voices"
    """See unpublished comments of the city."""
    DECIDE = "decide"
    """Approve, refuse, unpublish, settle reports."""
    LEAD_WALLS = "lead-walls"
    """Choose what walls show in a debate; a tally's reveal is hers."""
    READ_LOG = "read-log"
    READ_ANSWERS = "read-answers"
    DRAFT_ANSWER = "draft-answer"
    RELEASE_ANSWER = "release-answer"
    EDIT = "edit"
    """Type conclusions in, approve and translate them."""
    PUBLISH = "publish"
    """Release an edition, or roll back to an older one."""
    READ_KIOSKS = "read-kiosks"
    SETTLE_MESSAGES = "settle-messages"
    """Look at what kiosks sent that could not be applied; its words stay hidden."""
    ADMIT = "admit"
    """Let a kiosk in by a code, and shut one out."""
    HOST_GROUPS = "host-groups"
    """Make a facilitator's code, take it back, and see what groups raised."""


_ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.MODERATOR: frozenset(
        {
            Permission.READ_VOICES,
            Permission.DECIDE,
            Permission.LEAD_WALLS,
            Permission.READ_LOG,
            Permission.HOST_GROUPS,
        }
    ),
    Role.OFFICE: frozenset({Permission.READ_ANSWERS, Permission.DRAFT_ANSWER}),
    Role.MAYOR: frozenset(
        {Permission.READ_ANSWERS, Permission.DRAFT_ANSWER, Permission.RELEASE_ANSWER}
    ),
    Role.EDITOR: frozenset({Permission.EDIT, Permission.PUBLISH, Permission.HOST_GROUPS}),
    Role.OPERATOR: frozenset({Permission.READ_KIOSKS, Permission.SETTLE_MESSAGES}),
    # An admin sees that all runs and that the log is whole, and lets kiosks in and out; judging
    # voices and speaking for a mayor are not hers.
    Role.ADMIN: frozenset(
        {
            Permission.READ_KIOSKS,
            Permission.SETTLE_MESSAGES,
            Permission.ADMIT,
            Permission.READ_LOG,
            Permission.PUBLISH,
        }
    ),
}


def allowed(role: Role, permission: Permission) -> bool:
    """Whether *role* includes *permission*."""
    return permission in _ALLOWED.get(role, frozenset())
