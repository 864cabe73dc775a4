"""The pages of the stock; they work without JavaScript."""
