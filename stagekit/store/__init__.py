"""Files to model and back: strict YAML in, tidy YAML out, nothing half written, nothing lost."""
