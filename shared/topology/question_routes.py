"""The rows of questions a team keeps to test the assistant."""

from shared.topology.grants import FILES_LOAD, read, write
from shared.topology.route import Route

READ, WRITE = "articles.read", "articles.write"
QUESTIONS, ONE = "/api/v1/test-questions", "/api/v1/test-questions/{question_id}"
QUESTION_WRITE = (*read("knowledge"), *write("knowledge"))

QUESTION_ROUTES: tuple[Route, ...] = (
    Route("questions", "create_test_question", "POST", QUESTIONS, 201, WRITE, QUESTION_WRITE),
    Route("questions", "list_test_questions", "GET", QUESTIONS, 200, READ, read("knowledge")),
    Route("questions", "get_test_question", "GET", ONE, 200, READ, read("knowledge")),
    Route("questions", "update_test_question", "PUT", ONE, 200, WRITE, QUESTION_WRITE),
    Route("questions", "delete_test_question", "DELETE", ONE, 204, WRITE, QUESTION_WRITE),
    Route(
        "questions",
        "retest_questions",
        "GET",
        "/api/v1/articles/{article_id}/rejudgement/questions",
        200,
        "ai.read_all",
        (*read("knowledge"), *FILES_LOAD),
        limit="ai",
        memory=1769,
        timeout=29,
        layers=("runtime", "ai"),
    ),
)
