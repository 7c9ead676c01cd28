"""``python -m seedfast`` is the ``seedfast`` command."""

from seedfast.cli.main import main

if __name__ == "__main__":
    main()
