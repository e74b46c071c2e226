"""Label a text."""

from functions.api.ai.schemas import AnalysisView, AnalyzeRequest, EntityView, FullAnalysisView
from shared.assistant.advice import TASKS, AnalysisType, Analyst
from shared.assistant.spending import charged_to
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf
from shared.web.dependencies.assistant import AnalystOf


def analyze(body: AnalyzeRequest, caller: CallerOf, analyst: AnalystOf) -> AnalysisView | FullAnalysisView:
    """Tell a text's sentiment, intent, language, category, priority, entities or summary, or all of them."""
    with charged_to(caller.id):
        language = analyst.language(body.text)
        if body.type == "all":
            parts: list[AnalysisType] = [*TASKS, "entities", "summary"]
            results = [view_of(part, body.text, language, analyst) for part in parts]
            return FullAnalysisView(type="all", language=language, results=results)
        return view_of(body.type, body.text, language, analyst)


def view_of(type: AnalysisType, text: str, language: str, analyst: Analyst) -> AnalysisView:
    """One task's result."""
    if type == "entities":
        entities = [EntityView.model_validate(entity) for entity in analyst.entities(text)]
        return AnalysisView(type=type, language=language, entities=entities)
    if type == "summary":
        summary = analyst.summary(text)
        return AnalysisView(type=type, language=language, summary=summary.text if summary else "")
    task = next(task for task in TASKS if task == type)
    return AnalysisView.of(type, analyst.judge(task, text), language)


handler = api_handler(__name__)
