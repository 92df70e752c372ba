"""Where the data that ships with StageKit lies: in the wheel or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PACKAGED = _PACKAGE / "_data"


def data_root() -> Path:
    """Folder that holds `assignments/` and `templates/`: packaged where present, else the checkout."""
    return _PACKAGED if _PACKAGED.is_dir() else _PACKAGE.parent


def assignments_dir() -> Path:
    """Folder with one folder per course."""
    return data_root() / "assignments"


def templates_dir() -> Path:
    """Folder with one folder per output format."""
    return data_root() / "templates"


def locale_dir() -> Path:
    """Folder with the compiled gettext catalogues."""
    return _PACKAGE / "locale"
