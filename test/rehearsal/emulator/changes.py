"""Changes moto where it loses settings or does more than this project can use.

Each function changes one service of moto by wrapping its methods. `serve.py` calls `apply` before a service answers its
first request. State is kept where moto keeps its own, so that a reset empties it too.
"""

import functools
import json


@functools.cache  # once only: a second time would wrap the wrappers
def apply(service, api_endpoint):
    """Changes a service, by moto's name for it, if there is something to change."""
    if service == "apigatewayv2":
        apigatewayv2(api_endpoint)
    elif service in PLAIN:
        PLAIN[service]()


def around(owner, name):
    """A decorator: the function replaces a method and gets that method as its first argument."""

    def put(function):
        original = getattr(owner, name)

        @functools.wraps(original)
        def method(*args, **kwargs):
            return function(original, *args, **kwargs)

        setattr(owner, name, method)

    return put


def added(owner):
    """A decorator: the function becomes a method. In a class of responses that is the call of the same name."""
    return lambda function: setattr(owner, function.__name__, function)


def sqs():
    from moto.sqs.models import Queue

    # RedriveAllowPolicy: moto stores every attribute, but returns only those of this list.
    Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
    Queue.redrive_allow_policy = None  # for a queue that has none

    # In moto, setting any attribute removes the queue's policy unless the policy is set again with it.
    @around(Queue, "_set_attributes")
    def keep_policy(original, queue, attributes, now=None):
        kept = {} if "Policy" in attributes else {"Policy": queue.policy}
        return original(queue, {**attributes, **kept}, now)

    # moto returns RedrivePolicy with blanks. SQS returns it without, and Terraform compares the text.
    original = Queue.attributes.fget

    def attributes(queue):
        found = {name: value for name, value in original(queue).items() if name != "RedriveAllowPolicy" or value}
        if found.get("RedrivePolicy"):
            found["RedrivePolicy"] = json.dumps(json.loads(found["RedrivePolicy"]), separators=(",", ":"))
        return found

    Queue.attributes = property(attributes)

    # moto would run the functions of this list in Docker for each message. Here the message waits for the test's own host.
    Queue.lambda_event_source_mappings = property(lambda queue: {}, lambda queue, mappings: None)


def s3():
    from moto.iam.access_control import PermissionResult
    from moto.s3.models import FakeBucket, FakeDeleteMarker

    # A bucket's policy is stored and not enforced: moto ignores conditions and would read "deny without TLS" as "deny".
    FakeBucket.get_permission = lambda bucket, action, resource: PermissionResult.NEUTRAL

    # Terraform empties a bucket with `force_destroy` before it deletes it. If versioning is suspended, moto answers 500 to
    # the deletion of a delete marker.
    FakeDeleteMarker.dispose = lambda marker, garbage=False: None


def budgets():
    from moto.budgets.responses import BudgetsResponse
    from moto.core.utils import unix_time
    from moto.utilities.tagging_service import TaggingService

    def found(response, name):
        account = response._get_param("AccountId")
        response.backend.describe_budget(account, name)  # refuses as AWS does if there is none
        return response.backend.budgets[account][name]

    # Tags of a budget. moto has none.
    def tags(response):
        return response.backend.__dict__.setdefault("tags", TaggingService("ResourceTags"))

    @around(BudgetsResponse, "create_budget")
    def with_tags(original, response):
        answer = original(response)
        account, name = response._get_param("AccountId"), response._get_param("Budget")["BudgetName"]
        arn = f"arn:{response.partition}:budgets::{account}:budget/{name}"
        tags(response).delete_all_tags_for_resource(arn)  # of a deleted budget of the same name
        tags(response).tag_resource(arn, response._get_param("ResourceTags"))
        return answer

    @added(BudgetsResponse)
    def list_tags_for_resource(response):
        return json.dumps(tags(response).list_tags_for_resource(response._get_param("ResourceARN")))

    @added(BudgetsResponse)
    def tag_resource(response):
        tags(response).tag_resource(response._get_param("ResourceARN"), response._get_param("ResourceTags"))
        return "{}"

    @added(BudgetsResponse)
    def untag_resource(response):
        arn, names = response._get_param("ResourceARN"), response._get_param("ResourceTagKeys")
        tags(response).untag_resource_using_names(arn, names)
        return "{}"

    # UpdateBudget: moto has none.
    @added(BudgetsResponse)
    def update_budget(response):
        new = response._get_param("NewBudget")
        budget = found(response, new["BudgetName"])
        period = {"TimePeriod": budget.budget["TimePeriod"]}
        budget.budget = {**period, **new, "LastUpdatedTime": unix_time()}
        return "{}"

    # DescribeSubscribersForNotification: moto stores subscribers and never returns them.
    @added(BudgetsResponse)
    def describe_subscribers_for_notification(response):
        def key(notification):
            return [notification.get(name) for name in ("NotificationType", "ComparisonOperator", "Threshold")]

        wanted = key(response._get_param("Notification"))
        notifications = found(response, response._get_param("BudgetName")).notifications
        subscribers = [one for of in notifications if key(of.details) == wanted for one in of.subscribers]
        return json.dumps({"Subscribers": subscribers})


def logs():
    from moto.core.utils import unix_time_millis
    from moto.logs.exceptions import ResourceNotFoundException
    from moto.logs.responses import LogsResponse

    def group(response):
        name = response._get_param("logGroupIdentifier").rpartition(":log-group:")[2].removesuffix(":*")
        if name not in response.logs_backend.groups:
            raise ResourceNotFoundException()
        return response.logs_backend.groups[name]

    def described(response):
        policy = getattr(group(response), "data_protection_policy", {})
        return json.dumps({"logGroupIdentifier": response._get_param("logGroupIdentifier"), **policy})

    # The data protection policy of a log group: stored and not applied. moto has none.
    @added(LogsResponse)
    def put_data_protection_policy(response):
        document, now = response._get_param("policyDocument"), int(unix_time_millis())
        group(response).data_protection_policy = {"policyDocument": document, "lastUpdatedTime": now}
        return described(response)

    @added(LogsResponse)
    def get_data_protection_policy(response):
        return described(response)

    @added(LogsResponse)
    def delete_data_protection_policy(response):
        group(response).data_protection_policy = {}
        return "{}"

    # A log group's key after its creation. moto takes one only when it creates the group.
    def with_key(response, key):
        name = response._get_param("logGroupName")
        if name not in response.logs_backend.groups:
            raise ResourceNotFoundException()
        response.logs_backend.groups[name].kms_key_id = key
        return "{}"

    @added(LogsResponse)
    def associate_kms_key(response):
        return with_key(response, response._get_param("kmsKeyId"))

    @added(LogsResponse)
    def disassociate_kms_key(response):
        return with_key(response, None)


def dynamodb():
    from moto.dynamodb.responses import DynamoHandler

    # The key of an existing table. moto takes one only when it creates the table.
    @around(DynamoHandler, "update_table")
    def with_key(original, handler):
        if "SSESpecification" in handler.body:
            table = handler.dynamodb_backend.get_table(handler.body["TableName"])
            table.sse_specification = handler.body["SSESpecification"]
        return original(handler)


def awslambda():
    from moto.awslambda.models import LambdaBackend, LambdaFunction

    # A function's LoggingConfig, with AWS's defaults. moto has none.
    @around(LambdaFunction, "__init__")
    def with_logging(original, function, account_id, spec, *args, **kwargs):
        original(function, account_id, spec, *args, **kwargs)
        function.logging_config = spec.get("LoggingConfig") or {}

    # moto also loses the key and the tracing of an existing function. An empty key removes it.
    @around(LambdaFunction, "update_configuration")
    def update_more(original, function, config_updates):
        function.logging_config = config_updates.get("LoggingConfig") or function.logging_config
        function.tracing_config = config_updates.get("TracingConfig") or function.tracing_config
        if "KMSKeyArn" in config_updates:
            function.kms_key_arn = config_updates["KMSKeyArn"] or None
        return original(function, config_updates)

    @around(LambdaFunction, "get_configuration")
    def show_logging(original, function, *args, **kwargs):
        defaults = {"LogFormat": "Text", "LogGroup": function.logs_group_name}
        return {**original(function, *args, **kwargs), "LoggingConfig": {**defaults, **function.logging_config}}

    # An event source mapping names the alias that it was created with. moto names the version behind it.
    def as_named(mapping, spec):
        if mapping and spec.get("FunctionName", "").startswith("arn:"):
            mapping.function_arn = spec["FunctionName"]
        return mapping

    @around(LambdaBackend, "create_event_source_mapping")
    def with_alias(original, backend, spec):
        return as_named(original(backend, spec), spec)

    @around(LambdaBackend, "update_event_source_mapping")
    def with_new_alias(original, backend, uuid, spec):
        return as_named(original(backend, uuid, spec), spec)


def secretsmanager():
    from moto.secretsmanager.exceptions import InvalidRequestException
    from moto.secretsmanager.models import SecretsManagerBackend

    def waits_for_deletion(backend, name):
        return name in backend.secrets and backend.secrets[name].is_deleted()

    # A secret that waits for its deletion. moto answers ResourceExistsException to a new one of that name, and stores a
    # value in the old one; AWS refuses both like this.
    @around(SecretsManagerBackend, "create_secret")
    def refuse_name(original, backend, name, *args, **kwargs):
        if waits_for_deletion(backend, name):
            raise InvalidRequestException(
                "You can't create this secret because a secret with this name is already scheduled for deletion."
            )
        return original(backend, name, *args, **kwargs)

    @around(SecretsManagerBackend, "put_secret_value")
    def refuse_value(original, backend, secret_id, *args, **kwargs):
        if waits_for_deletion(backend, secret_id):
            raise InvalidRequestException(
                "You can't perform this operation on the secret because it was marked for deletion."
            )
        return original(backend, secret_id, *args, **kwargs)


def apigatewayv2(api_endpoint):
    from urllib.parse import unquote

    from moto.apigatewayv2.models import Api, DomainName
    from moto.apigatewayv2.responses import ApiGatewayV2Response

    # UpdateStage: moto has none.
    @added(ApiGatewayV2Response)
    def update_stage(response):
        _, api_id, _, name = [unquote(part) for part in response.path.split("/")[-4:]]
        stage = response.apigatewayv2_backend.get_stage(api_id, name)
        given = json.loads(response.body)
        stage.default_route_settings = given.get("defaultRouteSettings", stage.default_route_settings)
        stage.route_settings = {**stage.route_settings, **given.get("routeSettings", {})}
        stage.access_log_settings = given.get("accessLogSettings", stage.access_log_settings)
        return 200, {}, json.dumps(stage.to_json())

    # A domain gets a name and a zone of its own, which the alias record points to, and a status. moto returns only what was
    # sent, and mutual TLS that nobody set.
    @around(DomainName, "__init__")
    def with_target(original, domain, *args, **kwargs):
        original(domain, *args, **kwargs)
        target = {
            "apiGatewayDomainName": f"d-rehearsal.execute-api.{domain.domain_name_arn.split(':')[3]}.amazonaws.com",
            "hostedZoneId": "Z0REHEARSAL",
            "domainNameStatus": "AVAILABLE",
        }
        domain.mutual_tls_authentication = domain.mutual_tls_authentication or None
        domain.domain_name_configurations = [{**given, **target} for given in domain.domain_name_configurations]

    if not api_endpoint:
        return

    # --api-endpoint: the address that every API reports. moto reports one in AWS's form that leads nowhere.
    @around(Api, "__init__")
    def at_this_address(original, api, *args, **kwargs):
        original(api, *args, **kwargs)
        api.api_endpoint = api_endpoint


def route53():
    from moto.route53 import models

    original = models.create_route53_zone_id

    # A hosted zone's id begins with Z, as on AWS. In moto it begins with any letter.
    models.create_route53_zone_id = lambda *args, **kwargs: "Z" + original(*args, **kwargs)[1:]


PLAIN = {
    "route53": route53,
    "sqs": sqs,
    "s3": s3,
    "budgets": budgets,
    "logs": logs,
    "dynamodb": dynamodb,
    "awslambda": awslambda,
    "secretsmanager": secretsmanager,
}
