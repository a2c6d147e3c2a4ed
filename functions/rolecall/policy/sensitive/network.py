"""Actions that open the network, or lead its traffic elsewhere."""

from rolecall.policy.sensitive.sensitive_class import (
    PERMISSIONS_REFERENCE,
    Exceptional,
    SensitiveClass,
)

CLASS = SensitiveClass(
    id="network",
    gains="open the network or redirect its traffic",
    weight=5,
    exceptions=(
        Exceptional(
            3,
            "it leads nowhere until a route or an attachment is made",
            (
                "directconnect:CreatePrivateVirtualInterface",
                "directconnect:CreatePublicVirtualInterface",
                "ec2:CreateInternetGateway",
                "ec2:CreateVpcPeeringConnection",
                "ec2:CreateVpnConnection",
            ),
        ),
        Exceptional(
            4,
            "it leads to services and to what is open already",
            (
                "ec2:CreateVpcEndpoint",
                "elasticloadbalancing:SetSecurityGroups",
                "globalaccelerator:CreateAccelerator",
            ),
        ),
    ),
    actions=(
        "directconnect:CreatePrivateVirtualInterface",
        "directconnect:CreatePublicVirtualInterface",
        "ec2:AcceptTransitGatewayVpcAttachment",
        "ec2:AcceptVpcPeeringConnection",
        "ec2:AttachInternetGateway",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateInternetGateway",
        "ec2:CreateRoute",
        "ec2:CreateTrafficMirrorSession",
        "ec2:CreateTransitGatewayRoute",
        "ec2:CreateVpcEndpoint",
        "ec2:CreateVpcPeeringConnection",
        "ec2:CreateVpnConnection",
        "ec2:DeleteNetworkAclEntry",
        "ec2:ModifySecurityGroupRules",
        "ec2:ModifyVpcBlockPublicAccessOptions",
        "ec2:ReplaceNetworkAclEntry",
        "ec2:ReplaceRoute",
        "elasticloadbalancing:SetSecurityGroups",
        "globalaccelerator:CreateAccelerator",
        "network-firewall:AssociateFirewallPolicy",
        "network-firewall:UpdateFirewallPolicy",
        "route53:ChangeResourceRecordSets",
    ),
    sources=(
        PERMISSIONS_REFERENCE,
        "https://attack.mitre.org/techniques/T1562/007/",
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-iam.html",
    ),
)
