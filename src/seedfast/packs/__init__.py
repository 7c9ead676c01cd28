"""Data packs: what somebody of a trade knows, as plain files in one folder a domain, read when a schema needs them."""
