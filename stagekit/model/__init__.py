"""What StageKit speaks of, typed and frozen: course, question, answer, portfolio. No input or output here."""
