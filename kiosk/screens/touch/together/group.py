"""Group mode's own screen: the code, then how many they are, then what they can do together."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.people import group_codes
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.group_party import Party
from kiosk.screens.touch.refusal import sentence
from kiosk.screens.touch.together import group_door, group_pad, group_picture, tour_way
from kiosk.screens.widgets.markup import Tag, button
from kiosk.voice import group

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

MOST_SHOWN = 5
"""Answers that the group's page shows: as many as a tour has."""

BLANK = "–"
"""Where a digit is still to come: a place to fill, which a dot does not look like."""

SIZE = "size"
"""The subject of the step that asks how many they are."""


async def show(visit: Visit) -> None:
    """Show what comes next for whoever is there."""
    party = visit.party
    visit.dock.show(None)
    if party is None:
        _door(visit)
    elif not party.size or visit.step.subject == SIZE:
        _size(visit, party)
    else:
        _together(visit, party)


def _door(visit: Visit, typed: str = "") -> None:
    """The code: eight digits, some perhaps *typed*; and what there is without one."""
    t = visit.t

    async def reworded() -> None:
        visit.dock.show(None)
        _door(visit, typed)

    visit.on_reword(reworded)
    with visit.swap(t("For groups"), "group") as screen:
        with Tag("div", None, "group-words"):
            Tag("h1", t("For a class or a council"))
            Tag("p", t("Read together, raise your hands, and see them counted."), "lead")
            Tag("p", t("The town hall gives facilitators a code. Type it here."), "lead")
            Tag("span", None, "space")
            group_picture.hands_of_topics(visit)
            tour_way.offer(visit, "knob", t("Take the tour without a group"))
        with Tag("div", None, "group-entry"):
            shown = Tag("output", "", "group-digits", aria_label=t("Code"), dir="ltr")
            problem = Tag("p", "", "group-problem", role="alert")

            def say() -> None:
                blank = BLANK * (group_codes.DIGITS - len(typed))
                shown.say(group_codes.grouped(typed + blank))

            def pressed(key: str) -> Awaitable[None] | None:
                nonlocal typed
                problem.say("")
                typed = group_pad.after(typed, key, group_codes.DIGITS)
                say()
                if len(typed) < group_codes.DIGITS:
                    return None
                code, typed = typed, ""
                return tried(code)

            async def tried(code: str) -> None:
                try:
                    visit.gather(await group_door.enter(visit, code))
                except KioskError as error:
                    problem.say(sentence(t, error))
                    say()
                    return
                await visit.refresh()

            group_pad.pad(visit, pressed)
            group_pad.listen(screen, pressed)
            say()


def _size(visit: Visit, party: Party, typed: str = "") -> None:
    """How many they are, counted before the first hand is raised; some digits may be *typed*."""
    t = visit.t

    async def reworded() -> None:
        visit.dock.show(None)
        _size(visit, party, typed)

    visit.on_reword(reworded)
    with visit.swap(t("How many are you?"), "group") as screen:
        with Tag("div", None, "group-words"):
            Tag("h1", t("How many are you?"))
            Tag("p", t("Count everyone who will raise a hand, from 5 people on."), "lead")
            Tag("p", t("We keep this number and the hands, and nobody’s name."), "lead")
            crowd = group_picture.crowd(0)
        with Tag("div", None, "group-entry"):
            shown = Tag("output", "", "group-size", aria_label=t("People"), dir="ltr")
            problem = Tag("p", "", "group-problem", role="alert")

            def pressed(key: str) -> None:
                nonlocal typed
                problem.say("")
                typed = group_pad.after(typed, key, len(str(group.MOST))).lstrip("0")
                say()

            def say() -> None:
                shown.say(t.number(int(typed)) if typed else BLANK)
                group_picture.fill_crowd(crowd, int(typed or "0"))
                done.props["aria-disabled"] = str(not typed).lower()
                done.update()

            async def taken() -> None:
                try:
                    group.check_size(int(typed or "0"))
                except KioskError as error:
                    problem.say(sentence(t, error))
                    return
                party.size = int(typed)
                visit.bar.fit()
                await visit.go(visit.step.to(steps.GROUP))
                await visit.refresh()

            group_pad.pad(visit, pressed)
            group_pad.listen(screen, pressed)
            done = button(t("That is all of us"), taken, "knob strong wide", "forward", turns=True)
            say()


def _together(visit: Visit, party: Party) -> None:
    """What a group can do: the tour, any exhibit, what it answered, and the end."""
    t = visit.t
    with visit.swap(t("Your group"), "group together"):
        with Tag("header", None, "opening"):
            Tag("h1", t.plural("{n} of you are here.", "{n} of you are here.", party.size))
            Tag("p", t("Talk first, then raise your hands and enter how many you see."), "lead")
        if not party.hands:
            group_picture.crowd(party.size)
        _answered(visit, party)
        with Tag("nav", None, "group-ways", aria_label=t("What you can do")):
            tour_way.offer(visit, "great-way", t("Guided tour: five exhibits, 30 minutes"))

            button(t("Choose an exhibit yourselves"), visit.way(steps.HOME), "great-way", "home")
        with Tag("div", None, "row"):
            to = visit.way(steps.GROUP, SIZE)
            button(t("Change how many you are"), to, "knob quiet", "change")
            button(t("End the group session"), visit.end, "knob", "finish", data_end_group="")


def _answered(visit: Visit, party: Party) -> None:
    """The questions that the group has answered, the newest last; each can be corrected."""
    t = visit.t
    exhibits = {e.question.id: e for e in visit.exhibition.exhibits.values() if e.question}
    known = [(exhibits[q], hands) for q, hands in party.hands.items() if q in exhibits]
    if not known:
        return
    known = known[-MOST_SHOWN:]
    with Tag("section", None, "group-answered", aria_label=t("Your answers")):
        Tag("h2", t("Your answers"))
        with Tag("ul"):
            for exhibit, (size, raised) in known:
                with Tag("li"):
                    group_picture.line(visit, exhibit, size, raised)
