"""What comes with the package besides its code: scenarios, made-up cities, notebooks."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped() -> Path:
    """The folder that holds ``scenarios/``, ``data/`` and ``notebooks/``: in an installed package or in a checkout.

    >>> (shipped() / "scenarios/baseline.yaml").is_file()
    True
    """
    installed = _PACKAGE / "shipped"
    return installed if installed.is_dir() else _PACKAGE.parent


def here_or_shipped(path: Path) -> Path:
    """The file that a path names; where there is none, the shipped one of that name.

    A shipped scenario may be called by its name alone.

    >>> here_or_shipped(Path("weekly_meetings")).name
    'weekly_meetings.yaml'
    >>> here_or_shipped(Path("no such file")).name
    'no such file'
    """
    root = shipped()
    try:
        if path.exists() or path.is_absolute() or ".." in path.parts:
            return path
        places = (root / path, root / "scenarios" / path, root / "scenarios" / f"{path}.yaml")
        return next((place for place in places if place.is_file()), path)
    except (OSError, ValueError):  # a name that no file can have is refused where it is read
        return path
