"""Ways to become somebody by way of a service: clusters, machines, notebooks."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_EKS = "https://docs.aws.amazon.com/eks/latest/userguide"

ROWS = (
    Row(
        id="cluster-access-given",
        title="A principal was let into a Kubernetes cluster",
        severity=Severity.MEDIUM,
        source="eks.amazonaws.com",
        calls={
            "CreateAccessEntry": "let {principalArn} into a cluster",
            "UpdateAccessEntry": "changed what {principalArn} is in a cluster",
            "AssociateAccessPolicy": "gave {principalArn} {policyArn} in a cluster",
        },
        cases=(
            Case(severity=Severity.HIGH, parameter="policyArn", values=("*ClusterAdminPolicy",)),
        ),
        why=(
            "Whoever administers a cluster takes the roles of everything that runs in it, and reads"
            " all its secrets."
        ),
        remediation=(
            "Ask who looks after the cluster. If nobody planned it: delete the access entry, and"
            " look at what the principal did in the cluster's audit log."
        ),
        references=(f"{_EKS}/access-entries.html", f"{_EKS}/access-policies.html"),
        attack=("T1098.006",),
        false_positives=("Pipelines that set clusters up.",),
    ),
    Row(
        id="machine-reached",
        title="Somebody got at a machine by way of AWS",
        severity=Severity.LOW,
        source="ec2-instance-connect.amazonaws.com",
        calls={
            "SendSSHPublicKey": "sent an SSH key to instance {instanceId}",
            "SendSerialConsoleSSHPublicKey": "sent an SSH key for the serial console of"
            " {instanceId}",
        },
        elsewhere={
            "ec2.amazonaws.com": {
                "EnableSerialConsoleAccess": "opened the serial console of all instances",
                "GetPasswordData": "read the administrator's password of instance {instanceId}",
            },
            "ssm.amazonaws.com": {"SendCommand": "ran {documentName} on machines"},
        },
        is_everyday=True,
        about=About("AwsEc2Instance", "instance/{instanceId}", service="ec2"),
        cases=(
            Case(
                severity=Severity.MEDIUM,
                calls=("EnableSerialConsoleAccess", "SendSerialConsoleSSHPublicKey"),
            ),
        ),
        why=(
            "Whoever is on a machine has the rights of its role. The serial console goes past every"
            " firewall."
        ),
        remediation=(
            "Ask the actor what for. If nobody can say: look at what the machine's role did since,"
            " isolate the machine, and take the actor's right to reach it."
        ),
        references=(
            "https://stratus-red-team.cloud/attack-techniques/AWS/aws.lateral-movement.ec2-instance-connect/",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html",
        ),
        attack=("T1021.007", "T1651"),
        false_positives=("Administrators of machines, and automation that runs commands.",),
    ),
    Row(
        id="development-endpoint-made",
        title="A place was made where people run code with a role",
        severity=Severity.MEDIUM,
        source="glue.amazonaws.com",
        calls={
            "CreateDevEndpoint": "made Glue development endpoint {endpointName} with {roleArn}",
            "UpdateDevEndpoint": "changed Glue development endpoint {endpointName}",
        },
        elsewhere={
            "sagemaker.amazonaws.com": {
                "CreateNotebookInstance": "made notebook {notebookInstanceName} with {roleArn}",
            },
        },
        cases=(
            # People who work with data make notebooks every day; endpoints are of old versions.
            Case(severity=Severity.INFORMATIONAL, calls=("CreateNotebookInstance",)),
        ),
        why=(
            "Whoever may pass a role to such a place, and enter it, is that role: a known way from"
            " little to much."
        ),
        remediation=(
            "Compare the role with what the actor may do: `rolecall paths` shows the way up. If it"
            " is not their work: delete it, and look at what the role did."
        ),
        references=(
            "https://docs.aws.amazon.com/glue/latest/dg/dev-endpoint.html",
            "https://docs.aws.amazon.com/sagemaker/latest/dg/nbi.html",
        ),
        attack=("T1548.005", "T1578"),
        false_positives=("People who work with data, every day.",),
    ),
    Row(
        id="identity-pool-roles-changed",
        title="The roles that a Cognito identity pool gives were changed",
        severity=Severity.MEDIUM,
        source="cognito-identity.amazonaws.com",
        calls={"SetIdentityPoolRoles": "set the roles of identity pool {identityPoolId}"},
        why=(
            "Whoever signs in to the pool, and with unauthenticated identities whoever asks, takes"
            " these roles."
        ),
        remediation=(
            "Ask who runs the application. If nobody planned it: set the roles as they were, and"
            " look at the sessions of the new ones."
        ),
        references=(
            "https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetIdentityPoolRoles.html",
        ),
        attack=("T1098.003",),
        false_positives=("Deployments of applications that use the pool.",),
    ),
    Row(
        id="resource-share-opened",
        title="Resources were shared with other accounts",
        severity=Severity.LOW,
        source="ram.amazonaws.com",
        calls={
            "AssociateResourceShare": "added to resource share {resourceShareArn}",
            "CreateResourceShare": "made resource share {name}",
            "EnableSharingWithAwsOrganization": "let shares reach the whole organization",
            "UpdateResourceShare": "changed resource share {resourceShareArn}",
        },
        cases=(
            Case(severity=Severity.MEDIUM, parameter="allowExternalPrincipals", values=("true",)),
        ),
        why=(
            "A share with external principals lets accounts outside the organization use what is"
            " shared, without any policy that an audit of roles would show."
        ),
        remediation=(
            "See with whom it is shared. If nobody planned it: take the principals out of the"
            " share, and allow no external ones."
        ),
        references=(
            "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
        ),
        attack=("T1537",),
        false_positives=("Networks and images that are shared within the organization.",),
    ),
)
