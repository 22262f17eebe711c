"""Writing a comment: the privacy notice first, then text field and keyboard, then the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import InvalidText, KioskError
from kiosk.exhibition import guiding
from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.refusal import sentence
from kiosk.screens.touch.session import Receipt
from kiosk.screens.touch.speaking import handover, privacy
from kiosk.screens.touch.texts import labels
from kiosk.screens.touch.visit import trouble
from kiosk.screens.widgets.keyboard import Keyboard
from kiosk.screens.widgets.markup import Tag, button, shown
from kiosk.sync import submit
from kiosk.voice import receipt as receipts
from kiosk.voice.comment import LONGEST, NewComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

FIELD = "comment-field"
TYPED = "(event) => emit(event.target.value)"


async def show(visit: Visit) -> None:
    """Show the notice before a visit's first input, else the text field."""
    exhibit = visit.subject()
    assert exhibit is not None
    topic = visit.topic_of(exhibit)
    if not visit.session.privacy_read:
        privacy.ask(visit, topic)
    else:
        with visit.swap(visit.t("What do you say?"), "comment", topic):
            Editor(visit, exhibit)
    visit.dock.show(topic, await fill.read_of(visit, exhibit), about=exhibit)


class Editor:
    """The text field with its keyboard; what is typed is kept until it was taken."""

    def __init__(self, visit: Visit, exhibit: Exhibit) -> None:
        self.visit = visit
        self.exhibit = exhibit
        self._head()
        with Tag("div", None, "writing"):
            self._field()
            self._problem = Tag("div", None, "problem")
        with Tag("div", None, "typing"):
            Keyboard(visit.t, FIELD)
            self._side()
        self._count()

    @property
    def draft(self) -> str:
        """What was typed so far."""
        return self.visit.session.drafts.get(self.visit.step.subject, "")

    def _head(self) -> None:
        visit, t = self.visit, self.visit.t
        with Tag("header", None, "opening"):
            with Tag("div"):
                labels.eyebrow(visit, self.exhibit, title=True, who_asks=True)
                Tag("h1", t("What do you say?"), id="comment-title")
                question = guiding.find(visit.exhibition, visit.step.subject)
                if question is not None:
                    shown("p", visit.text(question.passage.text), "about")
                elif self.exhibit.question is not None:
                    shown("p", visit.text(self.exhibit.question.text), "about")
            Tag(
                "p",
                t("No names, please: neither yours nor a neighbour’s. A person reads it first."),
                "rule",
                id="comment-rule",
            )

    def _field(self) -> None:
        field = Tag(
            "textarea",
            None,
            FIELD,
            rows="3",
            spellcheck="false",
            autocomplete="off",
            inputmode="none",
            dir="auto",
            data_first_focus="",
            aria_labelledby="comment-title",
            aria_describedby="comment-rule comment-count",
        )
        # The initial value: what Vue draws again later must not undo what was typed since.
        field.props.update({"defaultValue": self.draft})
        field.on("input", self._typed, js_handler=TYPED)

    def _side(self) -> None:
        t = self.visit.t
        with Tag("div", None, "typing-side"):
            self._counter = Tag("p", "", "counter", id="comment-count")
            button(
                t("Continue on your phone"),
                self._hand_over,
                "knob quiet",
                "phone",
                data_hand_over="",
            )
            button(
                t("Send for review"),
                self._send,
                "knob strong tall",
                "send",
                turns=True,
                data_send="",
            )

    def _typed(self, event: object) -> None:
        self.visit.session.drafts[self.visit.step.subject] = str(getattr(event, "args", ""))
        self._count()

    async def _hand_over(self) -> None:
        try:
            await handover.show(self.visit, self.exhibit, self.draft)
        except InvalidText as error:
            self._say(error)

    def _count(self) -> None:
        length = len(self.draft.strip())
        self._counter.say(self.visit.t("{count} of {most} characters", count=length, most=LONGEST))
        self._counter.classes(
            add="over" if length > LONGEST else "", remove="" if length > LONGEST else "over"
        )

    async def _send(self, event: object) -> None:
        """Send what was written, once: who hears nothing presses again."""
        tap = str(getattr(event, "args", ""))
        subject, sending = self.visit.step.subject, self.visit.session.sending
        if subject in sending:
            return
        sending.add(subject)
        try:
            await send(self.visit, self.exhibit, self.draft, tap)
            await self.visit.go(self.visit.step.to(steps.RECEIPT))
        except KioskError as error:
            self._say(error)
        finally:
            sending.discard(subject)

    def _say(self, error: KioskError) -> None:
        self._problem.clear()
        with self._problem:
            trouble(sentence(self.visit.t, error))


async def send(visit: Visit, exhibit: Exhibit, text: str, tap: str) -> None:
    """Keep the comment and put it in the outbox; only then is there a receipt.

    Raises:
        InvalidText, Unavailable: nothing was kept, the draft is still there.
    """
    if tap in visit.session.sent:
        return
    context, now, subject = visit.context, visit.context.clock(), visit.step.subject
    secret = receipts.new_receipt(context.number, context.key)
    new = NewComment(
        id=tap,
        exhibit=exhibit.id,
        question=guiding.question_of(visit.exhibition, subject),
        text=text,
        language=visit.step.language,
        participant=visit.participant,
        receipt_hash=receipts.stored(secret),
        voice_number="",
        place=context.where(visit.exhibition.id),
        written_at=now,
        example=visit.exhibition.example,
    )
    kept = await context.database.write(
        lambda connection: submit.submit_comment(connection, new, context.number, now)
    )
    visit.session.sent.add(tap)
    visit.session.drafts.pop(subject, None)
    hidden_at = context.sessions.since_boot() + context.code_shown_for.total_seconds()
    visit.session.receipt = Receipt(
        receipts.shown(secret), kept.voice_number, exhibit.id, hidden_at
    )
