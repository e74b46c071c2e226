"""Taught intents come first, are learnt once a change, and leave everything else to the other classifier."""

import pytest

from shared.adapters.memory.intents import MemoryIntents
from shared.adapters.memory.process import START, FixedClock
from shared.adapters.offline.classifier import OfflineClassifier
from shared.adapters.offline.teaching import learnt
from shared.assistant.errors import TooManyIntents
from shared.assistant.inputs import Inputs, read_inputs, write_inputs
from shared.assistant.intent_ports import Judge
from shared.assistant.intents import MOST_INTENTS, Intent
from shared.assistant.recording import Conditions, ReplayedClassifier, recorded
from shared.assistant.taught import FRESH_SECONDS, TaughtClassifier
from shared.assistant.teaching_desk import IntentDesk
from shared.kernel.errors import Forbidden
from tests.builders import a_caller

ADMIN, AGENT = a_caller("admin"), a_caller("agent")
EXAMPLES = (
    "can you engrave my name",
    "engraving on the lock",
    "is engraving free",
    "可以刻字吗",
    "刻字多少钱",
    "门锁上能刻名字吗",
)


class House:
    """A classifier over intents, with a clock that is moved by hand and a count of lessons."""

    def __init__(self) -> None:
        self.intents, self.now, self.lessons = MemoryIntents(), 0.0, 0
        self.desk = IntentDesk(self.intents, FixedClock())
        self.classifier = TaughtClassifier(OfflineClassifier(), self.intents, self.learn, lambda: self.now)

    def learn(self, intents: list[Intent]) -> Judge:
        self.lessons += 1
        return learnt(intents)

    def label(self, text: str) -> str:
        self.now += FRESH_SECONDS
        return self.classifier.classify("intent", text).label


@pytest.fixture
def house() -> House:
    return House()


@pytest.mark.parametrize("text", ["do you offer engraving", "锁上可以刻字吗"])
def test_a_text_like_the_examples_has_their_intent(house: House, text: str) -> None:
    before = house.label(text)
    house.desk.teach("engraving", EXAMPLES, ADMIN)
    assert (before != "engraving", house.label(text)) == (True, "engraving")


def test_other_texts_and_tasks_keep_the_built_in_labels(house: House) -> None:
    house.desk.teach("engraving", EXAMPLES, ADMIN)
    for text in ("I want a refund", "忘记密码了", "", "thank you"):
        assert house.label(text) == OfflineClassifier().classify("intent", text).label
    assert house.classifier.classify("sentiment", EXAMPLES[0]).label == "neutral"
    assert house.classifier.entities("order 12345678 at 10:00") == OfflineClassifier().entities(
        "order 12345678 at 10:00"
    )


def test_examples_are_learnt_once_a_change(house: House) -> None:
    house.desk.teach("engraving", EXAMPLES, ADMIN)
    for _ in range(3):
        house.label("hello")
    house.desk.teach("engraving", EXAMPLES[:4], ADMIN)
    house.label("hello")
    assert house.lessons == 2
    house.desk.forget("engraving", ADMIN)
    assert house.label("do you offer engraving") != "engraving"
    assert house.lessons == 2


def test_a_change_is_noticed_when_the_last_look_is_old(house: House) -> None:
    house.label("hello")
    house.desk.teach("engraving", EXAMPLES, ADMIN)
    assert house.classifier.classify("intent", EXAMPLES[0]).label != "engraving"
    assert house.label(EXAMPLES[0]) == "engraving"


def test_only_administrators_teach(house: House) -> None:
    for act in (lambda who: house.desk.teach("a", EXAMPLES, who), lambda who: house.desk.forget("a", who)):
        with pytest.raises(Forbidden):
            act(AGENT)


def test_the_same_example_twice_counts_once(house: House) -> None:
    assert house.desk.teach("engraving", (*EXAMPLES, *EXAMPLES), ADMIN).examples == EXAMPLES


def test_there_is_an_end_to_intents(house: House) -> None:
    for number in range(MOST_INTENTS):
        house.intents.put(Intent(f"i{number}", EXAMPLES, START, "usr_1"))
    with pytest.raises(TooManyIntents):
        house.desk.teach("one_more", EXAMPLES, ADMIN)
    assert house.desk.teach("i3", EXAMPLES, ADMIN).name == "i3"


def test_who_asks_for_a_person_gets_one(house: House) -> None:
    house.desk.teach("robots", ("talk to a human", "a human please", "I want a real person"), ADMIN)
    assert house.label("I want to talk to a human") == "ask_person"


def test_a_run_notes_what_was_taught_and_says_it_again(house: House) -> None:
    house.desk.teach("engraving", EXAMPLES, ADMIN)
    with recorded(Conditions()) as run:
        said = house.classifier.classify("intent", EXAMPLES[0])
        house.classifier.classify("intent", "I want a refund")
    assert [one.judged for one in run.taught] == [said]
    again = read_inputs(write_inputs(Inputs(run, "", None, "text"))).run
    replayed = ReplayedClassifier(OfflineClassifier(), again)
    assert replayed.classify("intent", EXAMPLES[0]) == said
    assert replayed.classify("intent", "I want a refund").label == "refund"
    assert replayed.classify("sentiment", EXAMPLES[0]).label == "neutral"
    assert replayed.entities("order 12345678") == OfflineClassifier().entities("order 12345678")
