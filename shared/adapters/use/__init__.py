"""Sentence vectors that are alike across languages: the multilingual Universal Sentence Encoder, in numpy."""
