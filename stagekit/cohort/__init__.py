"""The lecturer's side: submissions of a whole cohort in, documents, an overview and feedback out."""
