/** Your own host name for the webhook. With it, the relay can later move to another API or Region without a change in Gladly. */
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Apigatewayv2ApiMapping } from "@cdktf/provider-aws/lib/apigatewayv2-api-mapping";
import { Apigatewayv2DomainName } from "@cdktf/provider-aws/lib/apigatewayv2-domain-name";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

/** Settings of {@link CustomDomain}. */
export interface CustomDomainProps {
  /** `relay.example.com` */
  readonly name: string;
  /** Id of the name's Route 53 zone. */
  readonly hostedZone: string;
  /** Id of the HTTP API that answers under the name. */
  readonly apiId: string;
  /** Name of the API's stage that the name leads to. */
  readonly stage: string;
}

/**
 * Creates the certificate, the API's domain name and the DNS records. The first apply waits until ACM has validated the DNS
 * record.
 */
export class CustomDomain extends Construct {
  /** Depend on it: before this, the name does not resolve. */
  readonly record: Route53Record;
  /** The link from the name to the API's stage. Depend on it as on `record`. */
  readonly mapping: Apigatewayv2ApiMapping;

  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    const certificate = new AcmCertificate(this, "certificate", {
      domainName: props.name,
      validationMethod: "DNS",
      // A changed name gets its new certificate before the old one is deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    // One name has one validation option; the provider returns a set.
    const option = (attribute: string) => `\${one(${certificate.fqn}.domain_validation_options).${attribute}}`;
    const proof = new Route53Record(this, "proof", {
      zoneId: props.hostedZone,
      name: option("resource_record_name"),
      type: option("resource_record_type"),
      records: [option("resource_record_value")],
      ttl: 60,
    });
    const valid = new AcmCertificateValidation(this, "validation", {
      certificateArn: certificate.arn,
      validationRecordFqdns: [proof.fqdn],
    });
    const domain = new Apigatewayv2DomainName(this, "domain", {
      domainName: props.name,
      domainNameConfiguration: {
        certificateArn: valid.certificateArn,
        endpointType: "REGIONAL",
        securityPolicy: "TLS_1_2",
      },
    });
    this.mapping = new Apigatewayv2ApiMapping(this, "mapping", {
      apiId: props.apiId,
      domainName: domain.domainName,
      stage: props.stage,
    });
    this.record = new Route53Record(this, "record", {
      zoneId: props.hostedZone,
      name: props.name,
      type: "A",
      alias: {
        name: domain.domainNameConfiguration.targetDomainName,
        zoneId: domain.domainNameConfiguration.hostedZoneId,
        evaluateTargetHealth: false,
      },
    });
  }
}
