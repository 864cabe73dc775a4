"""Stand-in until the supervisor lands."""
import os
class _U:
    database=os.environ.get("DATABASE_URL","postgres://u:p@127.0.0.1:1/x"); redis=os.environ.get("REDIS_URL","redis://127.0.0.1:1")
def urls(d): return _U
def secret_key(d): return "x"*50
