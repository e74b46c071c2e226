"""Macros, on behalf of those who write them: agents their own, administrators the shared ones."""

from dataclasses import replace

from shared.identities.caller import Caller
from shared.kernel.errors import StaleVersion, WriteContention
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.kernel.ports import Clock, Ids
from shared.macros.errors import EmptyMacro, MadeBefore, ShortcutTaken, TeamMismatch, TooManyMacros
from shared.macros.models import MANAGE, MOST_PERSONAL, MOST_SHARED, USE, Actions, Content, Macro, Scope, Texts, Used
from shared.macros.ports import MacroReader, Macros
from shared.macros.templates import check

ATTEMPTS = 5


class MacroList:
    """Reads macros."""

    def __init__(self, macros: MacroReader) -> None:
        self._macros = macros

    def get(self, macro_id: str, caller: Caller) -> Used:
        """The macro; NotFound."""
        caller.require(USE)
        return self._macros.get(macro_id, caller.id)

    def page(
        self, q: str | None, scope: Scope | None, caller: Caller, limit: int, after: Position | None
    ) -> Page[Used]:
        """Most used first. A macro used between two pages may be seen twice. Positions have two parts."""
        caller.require(USE)
        needle = (q or "").casefold()
        found = [each for each in self._macros.usable(caller.id) if scope in (None, each.macro.scope)]
        found = sorted((each for each in found if needle in _words(each.macro.content)), key=_place)
        rest = [each for each in found if after is None or _place(each) > after]
        return Page(rest[:limit], _place(rest[limit - 1]) if len(rest) > limit else None)


def _place(used: Used) -> tuple[str, str]:
    return f"{999_999_999_999 - used.uses:012}", used.macro.id


def _words(content: Content) -> str:
    told = (content.name, content.shortcut, content.reply.zh, content.reply.en, content.note)
    return "\n".join(filter(None, told)).casefold()


class MacroDesk:
    """Changes macros."""

    def __init__(self, macros: Macros, clock: Clock, ids: Ids) -> None:
        self._macros = macros
        self._clock = clock
        self._ids = ids

    def create(self, content: Content, scope: Scope, team_id: str | None, caller: Caller, once: Once | None) -> Used:
        """A new macro; the one made before under the same key, as it is now. UnknownPlaceholder, TooManyMacros, …"""
        _may_write(scope, caller)
        _check(content)
        if (scope == "team") != (team_id is not None):
            raise TeamMismatch
        earlier = self._macros.made(once) if once else None
        if earlier is not None:
            return self._macros.get(earlier, caller.id)
        self._fits(scope, content, caller)
        now = self._clock.now()
        made = Macro(self._ids.new("mac"), scope, caller.id, team_id, content, now, now, caller.id)
        try:
            self._macros.add(made, once)
        except MadeBefore as before:
            return self._macros.get(before.macro_id, caller.id)
        return Used(made)

    def update(self, macro_id: str, content: Content, caller: Caller, version: int | None) -> Used:
        """With that content. NotFound, Forbidden, StaleVersion, WriteContention."""
        caller.require(USE)
        for _ in range(ATTEMPTS):
            used = self._macros.get(macro_id, caller.id)
            before = used.macro
            _may_write(before.scope, caller)
            if version is not None and before.version != version:
                raise StaleVersion
            _check(content)
            self._fits(before.scope, content, caller, before.id)
            after = replace(
                before,
                content=content,
                updated_at=self._clock.now(),
                updated_by=caller.id,
                version=before.version + 1,
            )
            if self._macros.swap(before, after):
                return replace(used, macro=after)
        raise WriteContention

    def remove(self, macro_id: str, caller: Caller) -> None:
        """Forget it. NotFound, Forbidden."""
        caller.require(USE)
        macro = self._macros.get(macro_id, caller.id).macro
        _may_write(macro.scope, caller)
        self._macros.remove(macro)

    def _fits(self, scope: Scope, content: Content, caller: Caller, itself: str | None = None) -> None:
        personal = scope == "personal"
        listed = [each.macro for each in self._macros.usable(caller.id)]
        others = [each for each in listed if (each.scope == "personal") == personal and each.id != itself]
        most = MOST_PERSONAL if personal else MOST_SHARED
        if itself is None and len(others) >= most:
            raise TooManyMacros(most=most)
        if content.shortcut and any(each.content.shortcut == content.shortcut for each in others):
            raise ShortcutTaken


def _may_write(scope: Scope, caller: Caller) -> None:
    caller.require(USE if scope == "personal" else MANAGE)


def _check(content: Content) -> None:
    if content.reply == Texts() and not content.note and content.actions == Actions():
        raise EmptyMacro
    named = {"reply.zh": content.reply.zh, "reply.en": content.reply.en, "note": content.note}
    for field, template in named.items():
        check(template or "", field)
