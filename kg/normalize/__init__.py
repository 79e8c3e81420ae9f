"""Pure functions from the words of a text to values: money, dates, text with offset maps."""
