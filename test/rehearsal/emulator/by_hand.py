"""Changes ten kinds of resource of an environment, as somebody in the console would: `by_hand.py <environment>`.

Prints one line of JSON: a part of the address in Terraform for each change.
"""

import json
import os
import sys

import boto3

relay = f"relay-{sys.argv[1]}"


def client(service):
    return boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name=os.environ["AWS_REGION"])


def queue():
    sqs = client("sqs")
    url = sqs.get_queue_url(QueueName=f"{relay}-main")["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "17"})


def feed():
    functions = client("lambda")
    mappings = functions.list_event_source_mappings()["EventSourceMappings"]
    [mapping] = [one for one in mappings if f"{relay}-worker" in one["FunctionArn"]]
    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)


def log_group():
    client("logs").put_retention_policy(logGroupName=f"/aws/lambda/{relay}-worker", retentionInDays=1)


def api_stage():
    apis = client("apigatewayv2")
    [api] = [one for one in apis.get_apis()["Items"] if one["Name"] == f"{relay}-webhook"]
    settings = {"ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 1}
    apis.update_stage(ApiId=api["ApiId"], StageName="$default", DefaultRouteSettings=settings)


CHANGES = {
    "aws_sqs_queue.relay_queue_main": queue,
    "aws_lambda_event_source_mapping.relay_feed": feed,
    "aws_cloudwatch_log_group.relay_worker_log": log_group,
    "aws_apigatewayv2_stage.": api_stage,
    "aws_lambda_function.relay_watchdog": lambda: client("lambda").update_function_configuration(
        FunctionName=f"{relay}-watchdog", Timeout=3
    ),
    "aws_cloudwatch_metric_alarm.": lambda: client("cloudwatch").delete_alarms(
        AlarmNames=[client("cloudwatch").describe_alarms(AlarmNamePrefix=relay)["MetricAlarms"][0]["AlarmName"]]
    ),
    "aws_iam_role_policies_exclusive.relay_ingest": lambda: client("iam").put_role_policy(
        RoleName=f"{relay}-ingest",
        PolicyName="by-hand",
        PolicyDocument='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
    ),
    "aws_secretsmanager_secret.relay_secret_gladly": lambda: client("secretsmanager").update_secret(
        SecretId=f"relay/{sys.argv[1]}/gladly", Description="changed by hand"
    ),
    "aws_cloudwatch_dashboard.": lambda: client("cloudwatch").put_dashboard(
        DashboardName=f"{relay}-overview", DashboardBody='{"widgets":[]}'
    ),
    "aws_dynamodb_table.relay_ledger": lambda: client("dynamodb").update_table(
        TableName=f"{relay}-ledger", DeletionProtectionEnabled=False
    ),
}

for change in CHANGES.values():
    change()
print(json.dumps(list(CHANGES)))
