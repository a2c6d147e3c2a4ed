"""Text that others chose, made safe to show."""


def harmless(text: str) -> str:
    """Return the text as one line without characters that steer a terminal or a reader.

    Names, sessions and user agents are chosen by whoever acts, and an intruder may choose them
    for the reader of the finding: a line break could begin instructions of the intruder's own.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
