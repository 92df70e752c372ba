"""The use cases as functions a script could call; they print nothing and raise `stagekit.errors`."""
