"""`rolecall rules`: which rules there are."""

from rolecall.cli.options import Format, FormatOption


def rules(output: FormatOption = Format.TABLE) -> int:
    """List all rules: the checks of each audit, and the detections."""
    from rolecall.catalog import RULES
    from rolecall.cli.documents import print_documents
    from rolecall.cli.rule_list import print_rules, rule_document

    if output is Format.TABLE:
        print_rules(RULES)
    else:
        print_documents(map(rule_document, RULES), output)
    return 0
