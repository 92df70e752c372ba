"""The command `stagekit`; answers `--version` before anything heavy is imported."""

import sys

from stagekit import __version__


def main() -> None:
    """Run the command line and exit with its code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"stagekit {__version__}\n")
        return
    from stagekit.cli.app import run

    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
