"""The command `stagekit`; answers `--version` before anything heavy is imported."""

import sys

from stagekit import __version__


def main() -> None:
    """Run the command line and exit with its code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"stagekit {__version__}\n")
        return
    import gc

    gc.set_threshold(50_000, 20, 20)  # what a command loads stays: not to look through it saves a tenth
    try:
        from stagekit.cli.app import run

        code = run(arguments)
    except KeyboardInterrupt:  # before the command line's own boundary stands, or after it
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
