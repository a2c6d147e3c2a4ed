"""What the roles that read accounts may do: reading, and nothing else."""

READER_ACTIONS = (
    # Part.AUTHORIZATION_DETAILS: users, groups, roles, policies
    "iam:GetAccountAuthorizationDetails",
    # Part.CREDENTIAL_REPORT: passwords, keys, MFA
    "iam:GenerateCredentialReport",
    "iam:GetCredentialReport",
    # Part.ACCESS_KEY_IDS: the report numbers a user's keys but does not name them
    "iam:ListAccessKeys",
    # Part.MFA_DEVICES: the report tells that there is MFA and not of what kind
    "iam:ListMFADevices",
    "iam:ListVirtualMFADevices",
    # Part.NEW_USERS: with the keys and devices, what a report to come will say
    "iam:GetLoginProfile",
    # Part.SERVICE_SPECIFIC_CREDENTIALS, SSH_KEYS, SERVER_CERTIFICATES: of which it tells nothing
    "iam:ListServiceSpecificCredentials",
    "iam:ListSSHPublicKeys",
    "iam:ListServerCertificates",
    # Part.PASSWORD_POLICY, ACCOUNT_SUMMARY, IDENTITY_PROVIDERS, CONTACTS: the account as a whole
    "iam:GetAccountPasswordPolicy",
    "iam:GetAccountSummary",
    "iam:ListSAMLProviders",
    "iam:ListOpenIDConnectProviders",
    "account:GetAlternateContact",
)
"""Every action that taking a snapshot uses: the permissions of the role in member accounts."""

ORGANIZATION_READER_ACTIONS = (
    # Part.ORGANIZATION_ACCOUNTS: where an account stands in the tree
    "organizations:ListRoots",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListAccountsForParent",
    # Part.ORGANIZATION_POLICIES: SCPs and RCPs, and what they are attached to
    "organizations:ListPolicies",
    "organizations:DescribePolicy",
    "organizations:ListTargetsForPolicy",
    # Part.DELEGATED_ADMINISTRATORS
    "organizations:ListDelegatedAdministrators",
    "organizations:ListDelegatedServicesForAccount",
    # Part.ORGANIZATION_FEATURES: centralized root access
    "iam:ListOrganizationsFeatures",
    # Part.PEOPLE: who is in Identity Center, and who was
    "sso:ListInstances",
    "identitystore:ListUsers",
)
"""What the role in the management account may do on top: read the organization."""
