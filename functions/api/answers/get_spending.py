"""Read what models cost today."""

from functions.api.answers.schemas import SpendingView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.answers import AccountingOf


def get_spending(caller: CallerOf, accounting: AccountingOf) -> SpendingView:
    """Read how many tokens models took today (UTC), what they cost, and the day's limits.

    Once a limit is reached the offline engine does all the work until midnight; its answers say `+degraded`.
    """
    return SpendingView.of(accounting.today(caller))


handler = api_handler(__name__)
