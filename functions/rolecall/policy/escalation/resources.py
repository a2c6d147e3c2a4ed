"""On what the actions of the paths have to be allowed: one pattern for each type of resource.

A request is authorized on every resource that it is about, so that an action under several
patterns is needed on all of them. They are those that the Service Authorization Reference marks as
required, and further ones that the path itself is about, such as the instance that a command runs
on. Two actions of a path under one pattern have to be allowed on one and the same resource: who
creates functions of one name and invokes others has gained nothing. An action that is not in here
has no resource types, and is allowed on `*` alone.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Mapping

_ACTIONS: Mapping[str, str] = {
    "apprunner:*:{account}:service/*": "apprunner:CreateService apprunner:UpdateService",
    "autoscaling:*:{account}:autoScalingGroup:*": (
        "autoscaling:CreateAutoScalingGroup autoscaling:UpdateAutoScalingGroup"
    ),
    "autoscaling:*:{account}:launchConfiguration:*": "autoscaling:CreateLaunchConfiguration",
    "batch:*:{account}:compute-environment/*": "batch:CreateComputeEnvironment",
    "batch:*:{account}:job-definition/*": "batch:RegisterJobDefinition",
    # Jobs are submitted of a revision, whose ARN is another than that which is registered.
    # https://docs.aws.amazon.com/batch/latest/userguide/iam-example-restrict-job-submission.html
    "batch:*:{account}:job-definition/*:*": "batch:SubmitJob",
    "batch:*:{account}:job-queue/*": "batch:CreateJobQueue batch:SubmitJob",
    "bedrock-agentcore:*:{account}:browser-custom/*": "bedrock-agentcore:StartBrowserSession",
    "bedrock-agentcore:*:{account}:code-interpreter-custom/*": (
        "bedrock-agentcore:InvokeCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession"
    ),
    "bedrock-agentcore:*:{account}:runtime/*": "bedrock-agentcore:InvokeAgentRuntimeCommand",
    "bedrock-agentcore:*:{account}:runtime/*/runtime-endpoint/*": (
        "bedrock-agentcore:InvokeAgentRuntimeCommand"
    ),
    "braket:*:*:device/*": "braket:CreateJob",
    "braket:*:{account}:job/*": "braket:CreateJob",
    "cloudformation:*:{account}:stack/*": (
        "cloudformation:CreateChangeSet cloudformation:CreateStack"
        " cloudformation:ExecuteChangeSet cloudformation:UpdateStack"
    ),
    "cloudformation:*:{account}:stackset/*": (
        "cloudformation:CreateStackInstances cloudformation:UpdateStackSet"
    ),
    "codebuild:*:{account}:project/*": (
        "codebuild:CreateProject codebuild:StartBuild codebuild:StartBuildBatch"
    ),
    "codedeploy:*:{account}:application:*": "codedeploy:RegisterApplicationRevision",
    "codedeploy:*:{account}:deploymentconfig:*": "codedeploy:GetDeploymentConfig",
    "codedeploy:*:{account}:deploymentgroup:*": "codedeploy:CreateDeployment",
    "datapipeline:*:{account}:pipeline/*": (
        "datapipeline:ActivatePipeline datapipeline:PutPipelineDefinition"
    ),
    "ec2:*::image/*": "ec2:RunInstances",
    # Subnets and security groups may be shared by other accounts.
    "ec2:*:*:security-group/*": "ec2:RunInstances",
    "ec2:*:*:subnet/*": "ec2:RunInstances",
    "ec2:*:{account}:instance/*": (
        "ec2-instance-connect:SendSSHPublicKey ec2-instance-connect:SendSerialConsoleSSHPublicKey"
        " ec2:AssociateIamInstanceProfile ec2:ModifyInstanceAttribute"
        " ec2:ReplaceIamInstanceProfileAssociation ec2:RunInstances ec2:StartInstances"
        " ec2:StopInstances ssm:SendCommand ssm:StartSession"
    ),
    "ec2:*:{account}:launch-template/*": (
        "ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate"
    ),
    "ec2:*:{account}:network-interface/*": "ec2:RunInstances",
    "ec2:*:{account}:spot-instances-request/*": "ec2:RequestSpotInstances",
    "ecs:*:{account}:cluster/*": (
        "ecs:CreateCluster ecs:ExecuteCommand ecs:RegisterContainerInstance"
    ),
    "ecs:*:{account}:service/*": "ecs:CreateService",
    "ecs:*:{account}:task-definition/*": "ecs:RegisterTaskDefinition ecs:RunTask ecs:StartTask",
    "ecs:*:{account}:task/*": "ecs:ExecuteCommand",
    "eks:*:{account}:cluster/*": "eks:CreatePodIdentityAssociation",
    "elasticmapreduce:*:{account}:cluster/*": "elasticmapreduce:AddJobFlowSteps",
    "emr-serverless:*:{account}:/applications/*": "emr-serverless:StartJobRun",
    "gamelift:*:{account}:build/*": "gamelift:RequestUploadCredentials",
    "glue:*:{account}:devEndpoint/*": "glue:UpdateDevEndpoint",
    "glue:*:{account}:job/*": "glue:CreateJob glue:StartJobRun glue:UpdateJob",
    "glue:*:{account}:session/*": "glue:CreateSession glue:RunStatement",
    "glue:*:{account}:trigger/*": "glue:CreateTrigger",
    "iam::{account}:policy/*": "iam:CreatePolicy iam:CreatePolicyVersion",
    "iam::{account}:role/*": "iam:AttachRolePolicy iam:CreateRole iam:PutRolePolicy",
    "iam::{account}:saml-provider/*": "iam:UpdateSAMLProvider",
    "iam::{account}:user/*": (
        "iam:AttachUserPolicy iam:CreateAccessKey iam:CreateLoginProfile iam:CreateUser"
        " iam:PutUserPolicy"
    ),
    "identitystore:::group/*": "identitystore:CreateGroupMembership",
    "identitystore:::user/*": "identitystore:CreateGroupMembership",
    # The store belongs to the management account, even where another account administers it.
    "identitystore::*:identitystore/*": "identitystore:CreateGroupMembership",
    "imagebuilder:*:{account}:component/*": "imagebuilder:CreateComponent",
    "imagebuilder:*:{account}:image-recipe/*": "imagebuilder:CreateImageRecipe",
    "imagebuilder:*:{account}:image/*": "imagebuilder:CreateImage",
    "imagebuilder:*:{account}:infrastructure-configuration/*": (
        "imagebuilder:CreateInfrastructureConfiguration"
    ),
    "iot:*:{account}:cert/*": "iot:AttachPolicy",
    "iot:*:{account}:policy/*": "iot:CreatePolicy",
    "iot:*:{account}:rolealias/*": "iot:CreateRoleAlias",
    "kinesisanalytics:*:{account}:application/*": "kinesisanalytics:StartApplication",
    "lambda:*:*:layer:*:*": "lambda:GetLayerVersion",
    "lambda:*:{account}:function:*": (
        "lambda:AddPermission lambda:CreateFunction lambda:CreateFunctionUrlConfig"
        " lambda:InvokeFunction lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration"
    ),
    "omics:*:{account}:run/*": "omics:StartRun",
    "sagemaker:*:{account}:notebook-instance-lifecycle-config/*": (
        "sagemaker:CreateNotebookInstanceLifecycleConfig"
    ),
    "sagemaker:*:{account}:notebook-instance/*": (
        "sagemaker:CreateNotebookInstance sagemaker:CreatePresignedNotebookInstanceUrl"
        " sagemaker:StartNotebookInstance sagemaker:StopNotebookInstance"
        " sagemaker:UpdateNotebookInstance"
    ),
    "sagemaker:*:{account}:processing-job/*": "sagemaker:CreateProcessingJob",
    "sagemaker:*:{account}:training-job/*": "sagemaker:CreateTrainingJob",
    "sagemaker:*:{account}:user-profile/*": "sagemaker:CreatePresignedDomainUrl",
    "scheduler:*:{account}:schedule/*": "scheduler:CreateSchedule scheduler:UpdateSchedule",
    # AWS's own documents have no account. An association with targets is not held against the
    # instances that these name.
    # https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-state-manager-iam.html
    "ssm:*:*:document/*": "ssm:CreateAssociation ssm:SendCommand",
    "ssm:*:{account}:automation-execution/*": "ssm:StartAutomationExecution",
    "ssm:*:{account}:document/*": "ssm:CreateDocument ssm:StartAutomationExecution",
    "sso:::account/*": "sso:CreateAccountAssignment sso:ProvisionPermissionSet",
    "sso:::instance/*": (
        "sso:AttachManagedPolicyToPermissionSet sso:CreateAccountAssignment"
        " sso:CreatePermissionSet sso:ProvisionPermissionSet sso:PutInlinePolicyToPermissionSet"
    ),
    "sso:::permissionSet/*": (
        "sso:AttachManagedPolicyToPermissionSet sso:CreateAccountAssignment"
        " sso:CreatePermissionSet sso:ProvisionPermissionSet sso:PutInlinePolicyToPermissionSet"
    ),
    "states:*:{account}:stateMachine:*": (
        "states:CreateStateMachine states:StartExecution states:UpdateStateMachine"
    ),
}


def _by_action() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for resource, actions in _ACTIONS.items():
        for action in actions.split():
            found[action] = (*found.get(action, ()), f"arn:{{partition}}:{resource}")
    return found


RESOURCES = _by_action()
"""The patterns of each action; the actor's partition and account stand in the braces."""
