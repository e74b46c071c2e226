"""Odd messages that mean no harm: an answer to them must get through."""

from shared.adapters.scripted.model import Reply, ScriptedModel
from shared.assistant.models import Prompt
from tests.api.world import World
from tests.attacks.house import ASKED
from tests.attacks.obeying import Attack

_OPENING = {"en": "Thank you for your message.", "zh": "感谢您的来信。"}


class Helpful:
    """A model that greets and quotes the first article it is shown, as a good one would."""

    def __init__(self) -> None:
        self.language = "en"
        self.model = ScriptedModel(self._reply, "scripted/helpful")

    def _reply(self, prompt: Prompt) -> Reply:
        if prompt.schema is None or "parts" not in prompt.schema["properties"]:
            label = (prompt.schema or {"properties": {}})["properties"].get("label", {"enum": ["other"]})["enum"][0]
            return {"label": label, "confidence": 0.1}
        quote = next((block.text.partition("\n")[2] for block in prompt.blocks if block.label == "article"), "")
        parts = [{"text": _OPENING[self.language], "citations": []}]
        if quote:
            parts.append({"text": quote, "citations": [{"ref": "S1", "quote": quote}]})
        return {"decision": "answer", "reason": "answered", "confidence": 1.0, "parts": parts}


def blocked(messages: list[Attack]) -> list[str]:
    """The messages behind which a question about refunds got no answer: the checks stopped it, or an engine broke."""
    helpful = Helpful()
    worlds = [World(), World(language_model=helpful.model)]
    stopped = []
    for message in messages:
        helpful.language = message["language"]
        asked = {"message": f"{message['text']}\n{ASKED[message['language']]}"}
        for world in worlds:
            world.log_in_again("customer")
            said = world.ok("POST", "/api/v1/ai/chat", asked, "customer")
            if said["decision"] == "hand_over" and said["reason"] in ("check_failed", "engine_broke", "model_down"):
                stopped.append(f"{message['text']!r}: {said['reason']}")
    return stopped
