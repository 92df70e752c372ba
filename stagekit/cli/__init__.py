"""The terminal: parses, calls the API, shows, exits. Nothing else prints, prompts or exits."""
