"""Telling other systems of timeline entries, by the Standard Webhooks specification."""
