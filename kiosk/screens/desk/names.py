"""What states, grounds, roles and actions are called at the desk."""

from __future__ import annotations

from datetime import datetime

from kiosk.exhibition.draft import State
from kiosk.locale.translator import Translator
from kiosk.people.permissions import Role
from kiosk.voice.comment import Status


def ground(t: Translator, code: str) -> str:
    """Return why a comment does not stand, or why it was reported."""
    names = {
        "insult": t("Insult or threat"),
        "discrimination": t("Discrimination"),
        "private-data": t("Names a private person"),
        "off-topic": t("Not about this exhibition"),
        "advertising": t("Advertising"),
        "unlawful": t("Against the law"),
        "duplicate": t("The same text again"),
        "unreadable": t("Cannot be understood"),
        "other": t("Another reason"),
    }
    return names.get(code, code)


def status(t: Translator, code: Status) -> str:
    """Return a comment's state."""
    return {
        Status.WAITING: t("Waiting"),
        Status.HELD: t("Approved, not yet public"),
        Status.PUBLISHED: t("Public"),
        Status.REFUSED: t("Refused"),
        Status.WITHDRAWN: t("Taken back by its author"),
        Status.ERASED: t("Erased by its author"),
    }[code]


def action(t: Translator, code: str) -> str:
    """Return what someone did, as the log says it."""
    names = {
        "approve": t("Approved"),
        "publish": t("Published at once"),
        "undo": t("Put back to waiting"),
        "refuse": t("Refused"),
        "unpublish": t("Taken off the screens"),
        "dismiss-report": t("Dismissed a report"),
        "make-enrolment-code": t("Made a code for a kiosk"),
        "shut-kiosk-out": t("Shut a kiosk out"),
        "settle-message": t("Settled a message set aside"),
        "see-gap": t("Saw what is lost"),
        "make-group-code": t("Made a code for a group"),
        "revoke-group-code": t("Took a group’s code back"),
    }
    return names.get(code, code)


def message_kind(t: Translator, code: str) -> str:
    """Return what a kiosk's message is about."""
    names = {
        "ballot": t("Vote"),
        "comment": t("Comment"),
        "report": t("Report"),
        "comment.withdrawn": t("Withdrawal of a comment"),
        "comment.erased": t("Erasure of a comment"),
        "hands": t("A group’s hands"),
    }
    return names.get(code, code)


def reason(t: Translator, code: str) -> str:
    """Return why a message was set aside, or is lost; a rule's own words as they are."""
    names = {
        "same id, other body": t("The same message came with another content"),
        "its number was taken": t("Another message has its number"),
        "unknown kind": t("Its kind is not known here"),
        "forgotten by the kiosk": t("The kiosk no longer keeps it"),
        "damaged at the kiosk": t("Damaged on the kiosk’s disk"),
        "damaged at the hub": t("Damaged on the hub’s disk"),
    }
    return names.get(code, code)


def role(t: Translator, code: str) -> str:
    """Return what someone is appointed to."""
    return {
        Role.MODERATOR: t("Moderator"),
        Role.OFFICE: t("Mayor’s office"),
        Role.MAYOR: t("Mayor"),
        Role.EDITOR: t("Editor"),
        Role.OPERATOR: t("Operator"),
        Role.ADMIN: t("Administrator"),
    }.get(Role(code), code)


def channel(t: Translator, code: str) -> str:
    """Return how a comment came in."""
    names = {
        "touchscreen": t("Touchscreen"),
        "phone": t("Phone"),
        "card": t("Card"),
        "group": t("Group"),
    }
    return names.get(code, code)


def draft_state(t: Translator, code: State) -> str:
    """Return how far a conclusion has come."""
    return {
        State.DRAFT: t("Draft"),
        State.APPROVED: t("Approved, waits for publication"),
        State.PUBLISHED: t("Published"),
        State.WITHDRAWN: t("Given up"),
    }[code]


def answer_state(t: Translator, code: str, corrected_at: datetime | None = None) -> str:
    """Return how far an official answer has come."""
    if code == "released" and corrected_at is not None:
        return t("Public, corrected")
    return {
        "draft": t("Draft"),
        "released": t("Public"),
        "withdrawn": t("Taken off the screens"),
    }.get(code, code)


def hour(t: Translator, at: datetime) -> str:
    """Return the hour alone, where the day stands above; in UTC, since cities have zones."""
    return t("{moment} UTC", moment=t.time(at, "UTC"))


def excerpt(text: str, most: int = 90) -> str:
    """Return the beginning of a text, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
