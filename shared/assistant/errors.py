"""What can go wrong with engines."""

from shared.kernel.errors import DomainError, ErrorKind, Unavailable


class ModelUnavailable(Unavailable):
    """The model did not answer in time, refused for load, or could not be reached."""

    code = "model_unavailable"
    en = "The language model is not available right now."
    zh = "语言模型暂时不可用。"

    def __init__(self, retry_after: float | None = None, **facts: object) -> None:
        super().__init__(**facts)
        self.retry_after = retry_after
        """Seconds the provider asked us to wait, if it did."""


class NoModel(DomainError):
    """No model is set up, and nothing else can do what was asked for."""

    kind = ErrorKind.CONFLICT
    code = "no_model"
    en = "This needs a language model, and none is set up. Ask whoever runs the system to set AI_API_KEY."
    zh = "此功能需要语言模型，但尚未配置。请联系系统管理员设置 AI_API_KEY。"


class OverBudget(ModelUnavailable):
    """The day's budget for models is spent; engines that cost nothing stand in."""

    code = "over_budget"
    en = "Today's budget for the language model is spent."
    zh = "今日的语言模型预算已用完。"


class ModelMisbehaved(DomainError):
    """The model's reply was not of the form it was told to have."""

    kind = ErrorKind.INTERNAL
    code = "model_misbehaved"


class ToolMisused(DomainError):
    """A model asked for a tool that is not there, or in a form the tool does not take."""

    kind = ErrorKind.INTERNAL
    code = "tool_misused"


class NotReplayable(DomainError):
    """What the answer was made from is not there."""

    kind = ErrorKind.CONFLICT
    code = "not_replayable"
    en = "This answer cannot be made again ({why}): what it was made from was not kept, or belongs to an erased person."
    zh = "无法重现此回答（{why}）：生成依据未保存，或其所属用户的数据已被删除。"


class Departed(DomainError):
    """A run that is made again asked for something else than it did the first time."""

    kind = ErrorKind.INTERNAL
    code = "departed"


class AnsweredBefore(DomainError):
    """A request with this key left a receipt before; the use case tells that again."""

    kind = ErrorKind.CONFLICT
    code = "answered_before"

    def __init__(self, answer_id: str) -> None:
        super().__init__()
        self.answer_id = answer_id


class TooManyIntents(DomainError):
    """Another intent would make learning too slow."""

    kind = ErrorKind.CONFLICT
    code = "too_many_intents"
    en = "At most {most} intents can be taught. Delete one first."
    zh = "最多可以教 {most} 个意图，请先删除一个。"


class QuestionKept(DomainError):
    """The same words are kept with another expectation."""

    kind = ErrorKind.CONFLICT
    code = "question_kept"
    en = "This question is kept already, with another expectation. Change that one: {question_id}."
    zh = "该问题已存在，但期望不同。请修改已有的问题：{question_id}。"
