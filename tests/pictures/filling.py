"""Fills a town as a busy week would: votes, voices in several languages, answers, reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import Connection

from kiosk import clock, ids
from kiosk.apps import example_voices
from kiosk.exhibition import reader
from kiosk.exhibition.model import Exhibition, QuestionKind
from kiosk.moderation import actions as moderation
from kiosk.moderation import answers, erasure
from kiosk.moderation.answers import Draft
from kiosk.people import staff_store
from kiosk.people.enrolment import HUB_NUMBER, hub_key
from kiosk.people.staff import Actor
from kiosk.voice import actions, comment_actions, receipt
from kiosk.voice.answer_store import OfficialAnswer
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import Comment, NewComment, Status
from kiosk.voice.place import Place
from kiosk.voice.report_store import Report
from tests.journeys.checkout import ROOT
from tests.journeys.people import CLARA, MAREN, ODILE, SCEAUX, SUMMIT, TOWN_HALL, Colleague
from tests.journeys.town import EXHIBITIONS, Town

CHANNELS = ("phone", "phone", "phone", "touchscreen", "touchscreen", "touchscreen", "card")
BENCHES = "benches"

PUBLIC = (
    ("fr", ("Je tiens un café sur la place depuis vingt ans. Si l’on m’enlève quatre tables, je"
     " perds un emploi. Mais je vois aussi que personne ne s’arrête s’il ne consomme pas.")),
    ("de", "Ein Platz ohne Bank ist ein Durchgang. Wer zahlt die Pflege, wenn alle sitzen dürfen?"),
    ("ar", "نجلس كلّ مساء أمام المدرسة لأنّ المقاعد هناك مجّانية. نريد ظلاًّ أيضًا."),
    ("en", "My neighbour is ninety and walks to the baker. She needs three benches, not one bar."),
    ("fr", "Un banc devant l’école, pour celles et ceux qui attendent."),
)  # fmt: skip
"""What residents say about the benches; the last one is answered."""

KEPT = {
    "published": "Des bancs avec accoudoirs : se relever compte autant que s’asseoir.",
    "answered": "Et la nuit ? Un banc sous ma fenêtre, c’est du bruit jusqu’à deux heures.",
    "refused": "La cantine de l’école est trop chère.",
    "withdrawn": "Mon voisin dort sur le banc de la place.",
    "erased": "Écrivez-moi, je suis au numéro 12.",
    "waiting": "Un banc qui tourne le dos à la rue ne sert à personne.",
}
"""What those say whose receipts are opened, by what became of it."""

ANSWER_AT_NIGHT = (
    "Aucun banc ne sera posé à moins de douze mètres d’une chambre. Là où il y en a, nous mesurons"
    " le bruit cet été et publions les chiffres en septembre."
)

WAITING = (
    ("fr", "Devant la gare, on attend debout, sous la pluie. Deux bancs et un toit suffiraient."),
    ("de", "Wir wollen auf dem Marktplatz Schach spielen. Ein Tisch aus Stein hält ewig."),
    ("ar", "أمّي لا تمشي أكثر من مئتي متر. أين تجلس في طريقها إلى السوق؟"),
    ("en", "Who decides where a bench goes? I would like to be asked before, not after."),
    ("fr", "<b>Bancs</b> & tables, {{merci}} : et pour les enfants, quelque chose à grimper !"),
)  # fmt: skip
"""What waits for a moderator."""

ANSWER = (
    "Vous avez raison. Deux bancs seront posés devant l’école en avril, à l’ombre des tilleuls ;"
    " les riverains choisiront l’emplacement du troisième."
)
OFFICES = {MAREN: "Maire de Sceaux", ODILE: "Cabinet de la maire"}
"""Offices as this town names them."""

NOTE = "Votre avis porte sur l’école, pas sur les bancs."
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Filled:
    """What the pictures need to find: a receipt's code for each state, and a public voice."""

    receipts: dict[str, str]
    voice: str
    number: str


def fill(town: Town) -> Filled:
    """Fill the hub before its processes start; the touchscreen fetches it as it would any day."""
    now = clock.now()
    with town.hub_database() as hub:
        for name in EXHIBITIONS:
            folder = ROOT / "content" / name
            exhibition = reader.read(folder)
            hub.write_now(partial(_votes, exhibition=exhibition, now=now))
            example_voices.load(hub, folder, now)
        staff = {one: hub.read_now(partial(_actor, one=one)) for one in (CLARA, ODILE, MAREN)}
        key = hub.write_now(hub_key)
        return hub.write_now(lambda c: _Week(c, staff, key, now).passes(town))


def _actor(connection: Connection, one: Colleague) -> Actor:
    known = staff_store.id_of(connection, one.user)
    assert known is not None
    if one in OFFICES:
        grants = [replace(grant, office=OFFICES[one]) for grant in one.grants]
        staff_store.set_grants(connection, known, grants)
    found = staff_store.actor(connection, known)
    assert found is not None
    return found


def _votes(connection: Connection, exhibition: Exhibition, now: datetime) -> None:
    """Vote on everything that is asked: on some questions by hundreds, on others by a few."""
    chance = Random(exhibition.id)
    sent: list[tuple[Cast, datetime]] = []
    for exhibit in exhibition.exhibits.values():
        question = exhibit.question
        if question is None:
            continue
        most = 508 if exhibit.id == BENCHES else chance.randint(9, 120)
        choices = question.choice_ids()
        weights = [7, 4, 1] if question.kind is QuestionKind.AGREE else [5, 3, 2, 2, 1, 1, 1, 1]
        for n in range(most):
            chosen = tuple(chance.choices(choices, weights[: len(choices)]))
            place = Place(exhibition.id, SCEAUX, TOWN_HALL, chance.choice(CHANNELS))
            sent.append(
                (Cast(ids.new_id(), question.id, f"{n}-{question.id}", chosen, place, now), now)
            )
    actions.cast_ballots(connection, sent)


@dataclass
class _Week:
    """What residents and staff of the summit's exhibition do in a week that ends *now*."""

    connection: Connection
    staff: dict[Colleague, Actor]
    key: bytes
    now: datetime

    def passes(self, town: Town) -> Filled:
        receipts: dict[str, str] = {}
        published = [
            self._published(language, words, (9 - n) * AN_HOUR)
            for n, (language, words) in enumerate(PUBLIC)
        ]
        self._report(published[1])
        for n, (language, words) in enumerate(WAITING):
            self._says(language, words, timedelta(minutes=90 - 17 * n), channel=CHANNELS[n + 2])
        becomes: dict[str, Callable[[Comment], object]] = {
            "published": self._approve,
            "answered": lambda c: self._answer([self._approve(c)], ANSWER_AT_NIGHT),
            "refused": self._refuse,
            "withdrawn": self._withdraw,
            "erased": self._erase,
            "waiting": lambda c: c,
        }
        for state, become in becomes.items():
            receipts[state] = self._with_receipt(KEPT[state], become)
        screen = town.screen
        receipts["at-the-screen"] = receipt.shown(receipt.new_receipt(screen.number, screen.key))
        self._answer([published[-1]])
        self._draft([published[0]])
        return Filled(receipts, published[1].id, published[1].voice_number)

    def _says(
        self,
        language: str,
        words: str,
        ago: timedelta,
        secret: bytes = b"",
        channel: str = "touchscreen",
    ) -> Comment:
        kept = moderation.receive(
            self.connection,
            NewComment(
                id=ids.new_id(),
                exhibit=BENCHES,
                question=f"{SUMMIT}/core/{BENCHES}",
                text=words,
                language=language,
                participant="",
                receipt_hash=receipt.stored(secret or ids.secret(15)),
                voice_number=comment_actions.next_voice_number(self.connection, HUB_NUMBER),
                place=Place(SUMMIT, SCEAUX, TOWN_HALL, channel),
                written_at=self.now - ago,
            ),
            self.now - ago,
        )
        assert kept is not None
        return kept

    def _published(self, language: str, words: str, ago: timedelta) -> Comment:
        return self._approve(self._says(language, words, ago), ago)

    def _approve(self, comment: Comment, ago: timedelta = AN_HOUR) -> Comment:
        clara, at = self.staff[CLARA], self.now - ago + timedelta(minutes=9)
        return moderation.approve(
            self.connection, comment.id, comment.revision, clara, at, at_once=True
        )

    def _refuse(self, comment: Comment) -> None:
        moderation.refuse(
            self.connection, comment.id, comment.revision, self.staff[CLARA], self.now,
            ground="off-topic", note=NOTE,
        )  # fmt: skip

    def _withdraw(self, comment: Comment) -> None:
        erasure.withdraw(self.connection, comment.id, self.now)

    def _erase(self, comment: Comment) -> None:
        erasure.erase(self.connection, comment.id, self.now)

    def _draft(self, comments: Sequence[Comment], words: str = ANSWER) -> OfficialAnswer:
        for comment in comments:
            assert comment.status is Status.PUBLISHED
        draft = Draft(ids.new_id(), "fr", words, tuple(c.id for c in comments))
        return answers.save_draft(self.connection, draft, self.staff[ODILE], self.now - AN_HOUR / 2)

    def _answer(self, comments: Sequence[Comment], words: str = ANSWER) -> None:
        saved = self._draft(comments, words)
        mayor = self.staff[MAREN]
        answers.release(self.connection, saved.id, saved.revision, mayor, self.now - AN_HOUR / 3)

    def _with_receipt(self, words: str, become: Callable[[Comment], object]) -> str:
        secret = receipt.new_receipt(HUB_NUMBER, self.key)
        become(self._says("fr", words, 2 * AN_HOUR, secret))
        return receipt.shown(secret)

    def _report(self, comment: Comment) -> None:
        place = Place(SUMMIT, SCEAUX, TOWN_HALL, "phone")
        told = Report(
            ids.new_id(), comment.id, place, "insult", "Il se moque de nous.", self.now,
            "open", example=False,
        )  # fmt: skip
        comment_actions.report_comment(self.connection, told, self.now)
