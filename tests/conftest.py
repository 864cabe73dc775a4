"""What every test has. The servers come from tests/servers.py, which pyproject.toml loads as a plugin."""
