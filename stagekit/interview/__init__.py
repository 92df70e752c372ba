"""What to ask next, go back, resume, drafts: the interview, which knows no terminal."""
