"""What a request asks of AWS, as IAM sees it: service, action, resource, access key, and what conditions look at.

botocore holds AWS's own description of every API: which operation an HTTP method and a path are, and which parameters it
takes. IAM's names differ from the operations' in a few places only; those are listed here.
"""

import functools
import json
import re
from urllib.parse import parse_qsl, unquote

BOTOCORE = {"monitoring": "cloudwatch", "apigateway": "apigatewayv2"}

# Operation -> IAM action, where the two differ. An operation that needs no permission is None.
ACTIONS = {
    "sqs": {
        "SendMessageBatch": "SendMessage",
        "DeleteMessageBatch": "DeleteMessage",
        "ChangeMessageVisibilityBatch": "ChangeMessageVisibility",
    },
    "lambda": {"Invoke": "InvokeFunction"},
    "s3": {
        "HeadBucket": "ListBucket",
        "ListObjects": "ListBucket",
        "ListObjectsV2": "ListBucket",
        "HeadObject": "GetObject",
        "DeleteObjects": "DeleteObject",
        "ListObjectVersions": "ListBucketVersions",
    },
    "budgets": {
        "CreateBudget": "ModifyBudget",
        "UpdateBudget": "ModifyBudget",
        "DeleteBudget": "ModifyBudget",
        "CreateNotification": "ModifyBudget",
        "UpdateNotification": "ModifyBudget",
        "DeleteNotification": "ModifyBudget",
        "CreateSubscriber": "ModifyBudget",
        "UpdateSubscriber": "ModifyBudget",
        "DeleteSubscriber": "ModifyBudget",
        "DescribeBudget": "ViewBudget",
        "DescribeNotificationsForBudget": "ViewBudget",
        "DescribeSubscribersForNotification": "ViewBudget",
    },
    "sts": {"GetCallerIdentity": None},
}

# Who tags while creating needs the right to tag as well.
TAGS_ON_CREATE = {
    "acm": "AddTagsToCertificate",
    "iam": "TagRole",
    "sqs": "TagQueue",
}

# What gets an id only when it is created, as an ARN ends.
CREATED = {"CreateEventSourceMapping": "event-source-mapping:new", "RequestCertificate": "certificate/new"}

ON_OBJECTS = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject"}

SCOPE = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/")


def has_parameters(environ):
    """Whether the body holds parameters, and not the content of an object or of a function."""
    kind = environ.get("CONTENT_TYPE", "")
    is_rest_json = "/functions" in environ.get("PATH_INFO", "") or "/v2/" in environ.get("PATH_INFO", "")
    return "json" in kind or "x-www-form-urlencoded" in kind or is_rest_json


def of(environ, body, account):
    """The calls that a request makes: itself, and those that AWS checks with it."""
    scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if scope is None:
        return []
    key, region, service = scope.groups()
    operation, parameters = parsed(environ, body, BOTOCORE.get(service, service))
    call = Call(environ, service, operation, parameters, region, account)
    found = [
        {"service": service, "action": action, "resource": resource, "accessKey": key, **context}
        for action, resource, context in call.all()
    ]
    return found


def parsed(environ, body, service):
    """The operation and its parameters, by whichever protocol the client speaks."""
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return target.rpartition(".")[2], decoded(body)
    if "x-www-form-urlencoded" in environ.get("CONTENT_TYPE", ""):
        form = dict(parse_qsl(body.decode("utf8", "replace")))
        return form.get("Action", ""), form
    query = environ.get("QUERY_STRING", "")
    path = unquote(environ.get("PATH_INFO", "/"))
    bucket, _, key = path.lstrip("/").partition("/")
    if service == "s3" and key and environ["REQUEST_METHOD"] in ON_OBJECTS:
        # Nothing but the query tells the operations on one object apart, and a state needs only these.
        return ON_OBJECTS[environ["REQUEST_METHOD"]], {"Bucket": bucket, "Key": key}
    for operation, method, expression, flags in rest_operations(service):
        match = expression.fullmatch(path)
        if match and method == environ["REQUEST_METHOD"] and flags <= {key for key, _ in flagged(query)}:
            named = {re.sub(r"_+$", "", name): value for name, value in match.groupdict().items()}
            return operation, {**decoded(body), **named}
    return f"{environ['REQUEST_METHOD']} {path}", {}


def flagged(query):
    return parse_qsl(query, keep_blank_values=True)


def decoded(body):
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


@functools.cache
def rest_operations(service):
    """(operation, method, path, flags in the query) of a REST API, the most specific first."""
    from botocore.loaders import Loader

    try:
        operations = Loader().load_service_model(service, "service-2")["operations"]
    except Exception:
        return []
    found = []
    for name, operation in operations.items():
        uri, _, query = operation["http"]["requestUri"].partition("?")
        pattern = ""
        for part in re.split(r"(\{[^}]+\})", uri):
            if part.startswith("{"):
                greedy = part.endswith("+}") or "Arn" in part or part.lower().startswith("{resource")
                label = re.sub(r"\W", "", part)
                # A group's name must be new in its expression.
                while f"(?P<{label}>" in pattern:
                    label += "_"
                pattern += f"(?P<{label}>{'.+' if greedy else '[^/]+'})"
            else:
                pattern += re.escape(part)
        flags = {key for key, _ in flagged(query)}
        found.append((name, operation["http"]["method"], re.compile(pattern.rstrip("/") + "/?"), flags))
    return sorted(found, key=lambda one: (-len(one[3]), one[2].pattern.count("(?P<"), -len(one[2].pattern)))


class Call:
    def __init__(self, environ, service, operation, parameters, region, account):
        self.environ, self.service, self.operation, self.parameters = environ, service, operation, parameters
        self.region, self.account = region, account

    def all(self):
        name = self.prefix()
        action = ACTIONS.get(self.service, {}).get(self.operation, self.operation)
        if action is None:
            return []
        if self.service == "apigateway":
            action = self.environ["REQUEST_METHOD"]
        resource, context = self.resource(), self.context()
        found = [(f"{name}:{action}", resource, context)]
        # What is being created has no id yet.
        made = self.arn(CREATED[self.operation]) if self.operation in CREATED else resource
        found += [(f"{name}:{tag}", made, context) for tag in self.tags()]
        role = self.parameters.get("Role") or (self.parameters.get("Target") or {}).get("RoleArn")
        if role and self.service in ("lambda", "scheduler"):
            passed = {"context": {"iam:PassedToService": f"{self.service}.amazonaws.com"}, "checkedWith": action}
            found.append(("iam:PassRole", role, passed))
        return found

    def prefix(self):
        return {"monitoring": "cloudwatch"}.get(self.service, self.service)

    def tags(self):
        """The right to tag that creating with tags needs."""
        creates = self.operation.startswith(("Create", "Put", "Request", "Subscribe"))
        given = any(re.match(r"(Resource)?[Tt]ags\b", key) and value for key, value in self.parameters.items())
        if not (creates and given) or self.service == "apigateway":
            return []
        return [TAGS_ON_CREATE.get(self.service, "TagResource")]

    def arn(self, what, region=True):
        return f"arn:aws:{self.prefix()}:{self.region if region else ''}:{self.account}:{what}"

    def first(self, *names):
        return next((self.parameters[name] for name in names if self.parameters.get(name)), None)

    def resource(self):
        rule = getattr(self, f"of_{self.prefix()}", None)
        return (rule() if rule else None) or "*"

    def named(self, value, what, region=True):
        """An ARN from a parameter that holds a name or an ARN."""
        if not value:
            return None
        return value if str(value).startswith("arn:") else self.arn(f"{what}{value}", region)

    def of_sqs(self):
        url, name = self.first("QueueUrl"), self.first("QueueName")
        return self.named(url.rpartition("/")[2] if url else name, "")

    def of_sns(self):
        return self.named(self.first("TopicArn", "ResourceArn", "SubscriptionArn", "Name"), "")

    def of_dynamodb(self):
        return self.named(self.first("TableName", "ResourceArn"), "table/")

    def of_secretsmanager(self):
        value = self.first("SecretId", "Name")
        # AWS ends a secret's ARN with a dash and six characters.
        return self.named(value if not value or value.startswith("arn:") else f"{value}-a1B2c3", "secret:")

    def of_lambda(self):
        if "EventSourceMapping" in self.operation:
            return self.named(self.first("UUID"), "event-source-mapping:")
        function = self.first("FunctionName", "Resource")
        return self.named(function, "function:")

    def of_iam(self):
        policy = self.first("PolicyArn")
        if self.first("RoleName"):
            return self.named(self.first("RoleName"), f"role{self.first('Path') or '/'}", region=False)
        return policy or self.named(self.first("PolicyName"), f"policy{self.first('Path') or '/'}", region=False)

    def of_logs(self):
        return self.named(
            self.first("logGroupName", "logGroupIdentifier", "resourceArn", "logGroupNamePrefix"), "log-group:"
        )

    def of_cloudwatch(self):
        dashboard = self.first("DashboardName", "DashboardNames.member.1")
        if dashboard:
            return self.named(dashboard, "dashboard/", region=False)
        return self.named(self.first("AlarmName", "AlarmNames.member.1", "ResourceARN"), "alarm:")

    def of_scheduler(self):
        group = self.first("GroupName") or "default"
        return self.named(self.first("Name", "ResourceArn"), f"schedule/{group}/")

    def of_apigateway(self):
        path = self.environ.get("PATH_INFO", "").removeprefix("/v2")
        return f"arn:aws:apigateway:{self.region}::{path}"

    def of_s3(self):
        key = self.first("Key")
        return f"arn:aws:s3:::{self.first('Bucket')}{'/' + key if key else ''}"

    def of_route53(self):
        zone, change = self.first("HostedZoneId", "Id"), None
        if self.operation == "GetChange":
            change = self.first("Id")
        if self.operation.endswith("ForResource"):
            zone = self.first("ResourceId")
        return f"arn:aws:route53:::change/{change}" if change else f"arn:aws:route53:::hostedzone/{zone}"

    def of_acm(self):
        return self.first("CertificateArn")

    def of_budgets(self):
        budget = (self.first("Budget", "NewBudget") or {}).get("BudgetName") or self.first("BudgetName")
        return self.first("ResourceARN") or self.named(budget, "budget/", region=False)

    def of_kms(self):
        # IAM decides about the key, also when a call names one of its aliases. Its condition then names the alias.
        if not self.first("KeyId"):
            return None
        key = self.kms_key()
        return self.arn(f"key/{key.id if key else 'of-an-alias'}")

    def context(self):
        """What the policies' conditions look at."""
        found = {}
        if self.service == "lambda" and "EventSourceMapping" in self.operation:
            found["lambda:FunctionArn"] = self.fed_function()
        if self.service == "iam" and self.first("RoleName"):
            found["iam:PermissionsBoundary"] = self.first("PermissionsBoundary") or self.present_boundary()
        if self.service == "iam" and self.operation == "CreateServiceLinkedRole":
            found["iam:AWSServiceName"] = self.first("AWSServiceName")
        if self.service == "dynamodb" and isinstance(self.first("Key"), dict):
            found["dynamodb:LeadingKeys"] = next(iter(self.first("Key").get("pk", {"S": None}).values()))
        if self.service == "kms" and self.first("KeyId"):
            key = self.kms_key()
            found["kms:ResourceAliases"] = self.kms_alias() or next(iter(key.aliases if key else []), None)
        known = {name: value for name, value in found.items() if value}
        return {"context": known} if known else {}

    def kms_alias(self):
        found = re.search(r"alias/.+", self.first("KeyId"))
        return found and found.group()

    def kms_key(self):
        from moto.kms.models import kms_backends

        value, keys = self.first("KeyId"), kms_backends[self.account][self.region].keys.values()
        return next((key for key in keys if key.id == value.rpartition("/")[2] or self.kms_alias() in key.aliases), None)

    def fed_function(self):
        from moto.awslambda.models import lambda_backends

        mappings = lambda_backends[self.account][self.region]._event_source_mappings
        mapping = mappings.get(self.first("UUID"))
        return mapping.function_arn if mapping else self.first("FunctionName")

    def present_boundary(self):
        from moto.iam.models import iam_backends

        roles = iam_backends[self.account]["aws"].roles.values()
        role = next((one for one in roles if one.name == self.first("RoleName")), None)
        return getattr(role, "permissions_boundary_arn", None)
