"""Reading cafés, their lists and who may be invited."""
