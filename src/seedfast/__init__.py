"""Fill a PostgreSQL database with valid, connected, realistic synthetic data."""

__version__ = "0.1.0"
