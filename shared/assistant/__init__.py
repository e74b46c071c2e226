"""The assistant: classify, retrieve, draft, check, decide; answer a turn once or hand over."""
