"""What macros refuse."""

from shared.kernel.errors import DomainError, ErrorKind


class UnknownPlaceholder(DomainError):
    """A template names something there is no value for."""

    kind = ErrorKind.INVALID
    code = "unknown_placeholder"
    en = "There is no placeholder {placeholder} ({field}). Known: {known}."
    zh = "没有占位符 {placeholder}（{field}）。可用：{known}。"


class TooManyPlaceholders(DomainError):
    """A filled template must fit into a message."""

    kind = ErrorKind.INVALID
    code = "too_many_placeholders"
    en = "A template holds at most {most} placeholders ({field})."
    zh = "每个模板最多包含 {most} 个占位符（{field}）。"


class EmptyMacro(DomainError):
    """It would do nothing."""

    kind = ErrorKind.INVALID
    code = "empty_macro"
    en = "Give the macro a reply, a note or at least one action."
    zh = "宏至少要包含回复、备注或一个操作。"


class TeamMismatch(DomainError):
    """A team is named for team macros, and for no others."""

    kind = ErrorKind.INVALID
    code = "team_mismatch"
    pointer = "/team_id"
    en = "Name team_id for scope team, and for no other scope."
    zh = "scope 为 team 时必须填写 team_id，其他情况不得填写。"


class TooManyMacros(DomainError):
    """A list of macros is read whole."""

    kind = ErrorKind.CONFLICT
    code = "too_many_macros"
    en = "There are {most} macros already. Delete one first."
    zh = "已有 {most} 个宏，请先删除一个。"


class ShortcutTaken(DomainError):
    """Two macros of one list would answer to it."""

    kind = ErrorKind.CONFLICT
    code = "shortcut_taken"
    en = "Another macro has this shortcut already. Choose another one."
    zh = "该快捷指令已被其他宏使用，请换一个。"


class TooManyTags(DomainError):
    """A ticket has only so many tags."""

    kind = ErrorKind.CONFLICT
    code = "too_many_tags"
    en = "The ticket would have more than {most} tags."
    zh = "该工单的标签将超过 {most} 个。"


class MadeBefore(DomainError):
    """A request with this key made a macro before; the use case tells that again."""

    kind = ErrorKind.CONFLICT
    code = "macro_made_before"

    def __init__(self, macro_id: str) -> None:
        super().__init__()
        self.macro_id = macro_id
