"""Actions that turn stored ciphertext into plaintext."""

from rolecall.policy.sensitive.sensitive_class import PERMISSIONS_REFERENCE, SensitiveClass

CLASS = SensitiveClass(
    id="decryption",
    gains="decrypt with the keys of the account",
    weight=5,
    actions=(
        "kms:Decrypt",
        "kms:ReEncryptFrom",
    ),
    sources=(
        PERMISSIONS_REFERENCE,
        "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html",
        "https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html",
    ),
)
