"""A language model behind the OpenAI chat API, or any server compatible with it."""
