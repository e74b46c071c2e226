"""What tools told in a run, so that the run can be made again without asking them."""

import json

from shared.assistant.errors import Departed, ToolMisused
from shared.assistant.models import Question, ToolCall
from shared.assistant.ports import Toolbox
from shared.assistant.recording import BROKE, LookUp, Recording, current
from shared.kernel.errors import DomainError, Unavailable


class RecordingTools:
    """Toolbox port over another; notes what it tells."""

    def __init__(self, toolbox: Toolbox) -> None:
        self._toolbox = toolbox

    def call(self, call: ToolCall, question: Question) -> str:
        """What the other tells."""
        try:
            told = self._toolbox.call(call, question)
        except DomainError as error:
            _note(LookUp(call.name, arguments(call), None, error.code, str(error.facts.get("why", ""))))
            raise
        except Exception:
            _note(LookUp(call.name, arguments(call), None, BROKE))
            raise
        _note(LookUp(call.name, arguments(call), told))
        return told


class ReplayedTools:
    """Toolbox port that tells what was told; Departed when it is asked otherwise."""

    def __init__(self, run: Recording) -> None:
        self._left = list(run.look_ups)

    def call(self, call: ToolCall, question: Question) -> str:
        """What was told then, or what went wrong."""
        if not self._left or (self._left[0].name, self._left[0].arguments) != (call.name, arguments(call)):
            raise Departed(part="tools")
        one = self._left.pop(0)
        if one.told is not None:
            return one.told
        if one.failed == BROKE:
            raise RuntimeError(BROKE)
        raise ToolMisused(why=one.why) if one.failed == ToolMisused.code else Unavailable


def arguments(call: ToolCall) -> str:
    """As canonical JSON."""
    return json.dumps(call.arguments, sort_keys=True, ensure_ascii=False)


def _note(look_up: LookUp) -> None:
    if (run := current()) is not None:
        run.look_ups.append(look_up)
