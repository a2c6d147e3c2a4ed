"""Policies, principals and functions to act with in the embedded AWS."""

import io
import json
import zipfile

from demo.embedded_aws import Credentials

_BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"


def document(statement):
    """A policy of one statement, which allows unless it says otherwise."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


def trust(service):
    return document({"Principal": {"Service": service}, "Action": "sts:AssumeRole"})


def create_user(aws, name, statement):
    """Make a user with a key; return a function that makes its clients."""
    iam = aws.client("iam")
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="first", PolicyDocument=document(statement))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    signer = Credentials(key["AccessKeyId"], key["SecretAccessKey"])
    return lambda service: aws.client(service, credentials=signer)


def archive(source):
    """The zip file of a function whose handler is `probe.handler`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        zipped.writestr("probe.py", source)
    return content.getvalue()


def create_function(aws, name, source):
    """Make a function with a role of its name, which may write the function's log."""
    iam = aws.client("iam")
    made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust("lambda.amazonaws.com"))
    iam.attach_role_policy(RoleName=name, PolicyArn=_BASIC)
    aws.client("lambda").create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=made["Role"]["Arn"],
        Handler="probe.handler",
        Code={"ZipFile": archive(source)},
    )
