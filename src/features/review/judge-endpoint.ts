/** The address that Gladly delivers to: API, throttle, host name. */

import { type Finding, found } from "../../report/finding";
import { code } from "../../report/report";
import { type Change, differs, number, text } from "../../terraform/change";
import { at } from "../../terraform/value";
import type { ChangeSet } from "./change-set";
import { isLost } from "./judge-functions";

const API = /^aws_apigatewayv2_(api|integration|route|stage)$/;
const DOMAIN =
  /^aws_(acm_certificate|acm_certificate_validation|apigatewayv2_api_mapping|apigatewayv2_domain_name|route53_record)$/;

export function endpointFindings(set: ChangeSet): readonly Finding[] {
  if (set.destroys || set.relayLeaves) return [];
  return [...set.changes.flatMap(ofApi), ...domain(set)];
}

function ofApi(change: Change): readonly Finding[] {
  const api = API.test(change.type);
  const permission = change.type === "aws_lambda_permission";
  if (!api && !permission) return [];
  const resource = change.address;
  if (isLost(change)) {
    const what = permission ? "The permission to call ingest" : `The webhook's ${change.type.split("_").at(-1)} on AWS`;
    return [
      found("endpoint-lost", {
        resource,
        title: `${what} is deleted${change.action === "replace" ? " and created again" : ""}: deliveries fail until it works again`,
        detail:
          "Gladly retries each for about an hour, and then disables the webhook." +
          (change.type === "aws_apigatewayv2_api"
            ? " A new API has a new address, unless the environment has its own domain."
            : ""),
      }),
    ];
  }
  if (change.action !== "update") return [];
  if (change.type === "aws_apigatewayv2_stage") return throttle(change);
  if (change.differences.length === 0) return [];
  return [
    found("endpoint-changed", {
      resource,
      title: "The settings of the webhook's address change",
      detail: `These change: ${change.differences
        .slice(0, 3)
        .map(({ path }) => code(path))
        .join(", ")}. Gladly waits 15 seconds for the answer 200.`,
    }),
  ];
}

function throttle(change: Change): readonly Finding[] {
  const resource = change.address;
  const [before, after] = [rate(change.before), rate(change.after)];
  if (before !== undefined && after !== undefined && before !== after) {
    const title = `${after} deliveries per second are accepted instead of ${before}`;
    return after < before
      ? [
          found("throttle-lowered", {
            resource,
            title,
            detail: "More than that get the answer 429, which Gladly counts as failed.",
          }),
        ]
      : [found("throttle-raised", { resource, title })];
  }
  if (!differs(change, "access_log_settings") && !differs(change, "auto_deploy")) return [];
  return [
    found("endpoint-changed", { resource, title: "The access log or deployment of the webhook's address changes" }),
  ];
}

/** Of the webhook's own route. Other routes do not count. */
function rate(side: object): number | undefined {
  const routes = at(side, "route_settings");
  const own = Array.isArray(routes) ? routes.find((route) => text(route, "route_key") !== undefined) : undefined;
  return number(own, "throttling_rate_limit");
}

/** One finding for all parts of a host name. */
function domain({ changes, empty, destroys }: ChangeSet): readonly Finding[] {
  const parts = changes.filter(
    ({ type, differences, action }) => DOMAIN.test(type) && (differences.length > 0 || action !== "update"),
  );
  const [part] = parts;
  if (part === undefined || empty || destroys) return [];
  const name = parts.flatMap(({ before, after }) => text(after, "domain_name") ?? text(before, "domain_name") ?? [])[0];
  const all = (action: Change["action"]) => parts.every((change) => change.action === action);
  const what = all("create") ? "is created" : all("delete") ? "is removed" : "changes";
  return [
    found("domain-changed", {
      resource: part.address,
      title: `The webhook's host name${name === undefined ? "" : ` ${code(name)}`} ${what}`,
      detail:
        "Deliveries fail until the name and its certificate lead to the relay. Gladly retries each for about an hour. AWS validates a new certificate by a DNS record, which can take minutes.",
    }),
  ];
}
