"""Every page of the desk with the permission that opens it, in the order of the navigation."""

from __future__ import annotations

from kiosk.people.permissions import Permission
from kiosk.screens.desk import (
    answer,
    answers,
    comment,
    conclusion,
    conclusions,
    editions,
    funnel,
    groups,
    kiosk_new,
    kiosks,
    log,
    queue,
    reports,
    set_aside,
    voices,
    walls,
)
from kiosk.screens.desk.section import Section

SECTIONS: tuple[Section, ...] = (
    Section("queue", Permission.DECIDE, lambda t: t("Queue"), queue.draw, wide=True),
    Section("public", Permission.READ_VOICES, lambda t: t("Public"), voices.draw_published),
    Section("refused", Permission.READ_VOICES, lambda t: t("Refused"), voices.draw_refused),
    Section("reports", Permission.DECIDE, lambda t: t("Reports"), reports.draw),
    Section("walls", Permission.LEAD_WALLS, lambda t: t("Walls"), walls.draw),
    Section(
        "comment/{id}", Permission.READ_VOICES, lambda t: t("Comment"), comment.draw, below="public"
    ),
    Section("answers", Permission.READ_ANSWERS, lambda t: t("Answers"), answers.draw),
    Section(
        "answers/{id}", Permission.READ_ANSWERS, lambda t: t("Answer"), answer.draw, below="answers"
    ),
    Section("conclusions", Permission.EDIT, lambda t: t("Conclusions"), conclusions.draw),
    Section(
        "conclusions/{id}",
        Permission.EDIT,
        lambda t: t("Conclusion"),
        conclusion.draw,
        below="conclusions",
    ),
    Section("groups", Permission.HOST_GROUPS, lambda t: t("Groups"), groups.draw),
    Section("visits", Permission.EDIT, lambda t: t("Visits"), funnel.draw),
    Section("editions", Permission.PUBLISH, lambda t: t("Editions"), editions.draw),
    Section("kiosks", Permission.READ_KIOSKS, lambda t: t("Kiosks"), kiosks.draw),
    Section(
        "kiosks/new",
        Permission.ADMIT,
        lambda t: t("Enrol a kiosk"),
        kiosk_new.draw,
        below="kiosks",
    ),
    Section(
        "set-aside",
        Permission.SETTLE_MESSAGES,
        lambda t: t("Set aside"),
        set_aside.draw,
    ),
    Section("log", Permission.READ_LOG, lambda t: t("Decisions"), log.draw),
)
"""Deny by default: a page that is not in this table does not exist."""
