"""What a page of ours may do, as its content security policy."""


def page_policy(style: str, script: str = "") -> str:
    """Allow the page's own style and script, by their hashes, and nothing else: no request, no form."""
    from base64 import b64encode
    from hashlib import sha256

    def named(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    with_script = f"script-src {named(script)}; img-src data:; " if script else ""
    return f"default-src 'none'; style-src {named(style)}; {with_script}base-uri 'none'; form-action 'none'"
