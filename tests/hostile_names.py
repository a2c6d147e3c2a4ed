"""Names that somebody may give to things, for the reader of a finding to paste."""

HOSTILE = (
    "x; rm -rf ~",
    "--profile",
    "-h",
    "$(id)",
    "`id`",
    "it's",
    'say "x"',
    "x' ; id '",
    "x\nrm -rf ~",
    "x\r\n\x1b[2J",
    "x # y",
    "!!",
    "*",
    "x,y=z",
    "back\\slash",
)
