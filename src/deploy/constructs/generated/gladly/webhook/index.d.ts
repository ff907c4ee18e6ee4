import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface WebhookConfig extends cdktf.TerraformMetaArguments {
    /**
    * Basic authentication of the deliveries.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#credentials Webhook#credentials}
    */
    readonly credentials?: WebhookCredentials;
    /**
    * Whether events are delivered. To enable a webhook, Gladly sends it a PING and needs exactly 200 within 15 seconds. Gladly switches a webhook off by itself after the fourth failed retry of one event; the next plan then shows this going back to `true`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#enabled Webhook#enabled}
    */
    readonly enabled?: boolean | cdktf.IResolvable;
    /**
    * The types of the events to deliver, such as `CONVERSATION/CLOSED`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#events Webhook#events}
    */
    readonly events: string[];
    /**
    * Fixed headers that Gladly sends with every delivery. Write-only: no state and no plan contains the values. All of them are sent when the webhook is created and whenever `headers_wo_version` changes, and must be set then.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#headers_wo Webhook#headers_wo}
    */
    readonly headersWo?: {
        [key: string]: string;
    };
    /**
    * Raise this number when `headers_wo` changes. Terraform cannot detect the change otherwise.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#headers_wo_version Webhook#headers_wo_version}
    */
    readonly headersWoVersion?: number;
    /**
    * The webhook's name in Gladly's settings.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#name Webhook#name}
    */
    readonly name: string;
    /**
    * Time limits of the operations, as durations such as `30s` or `2m`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#timeouts Webhook#timeouts}
    */
    readonly timeouts?: WebhookTimeouts;
    /**
    * Where Gladly posts the events. Unique among all webhooks of the organization. When it changes, Gladly sends a PING to the new address, and keeps the old one unless the answer is exactly 200 within 15 seconds.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#url Webhook#url}
    */
    readonly url: string;
}
export interface WebhookCredentials {
    /**
    * The password that Gladly sends with every delivery. Write-only: no state and no plan contains it. It is sent when the webhook is created and whenever `username`, `realm` or `password_wo_version` changes, and must be set then. A plan does not need it: if it comes from an ephemeral variable, any placeholder works at plan.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#password_wo Webhook#password_wo}
    */
    readonly passwordWo?: string;
    /**
    * Raise this number when the password changes. Terraform cannot detect the change otherwise.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#password_wo_version Webhook#password_wo_version}
    */
    readonly passwordWoVersion?: number;
    /**
    * The realm of the Basic authentication.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#realm Webhook#realm}
    */
    readonly realm?: string;
    /**
    * The user name that Gladly sends with every delivery. Gladly never shows it again.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#username Webhook#username}
    */
    readonly username: string;
}
export declare function webhookCredentialsToTerraform(struct?: WebhookCredentials | cdktf.IResolvable): any;
export declare function webhookCredentialsToHclTerraform(struct?: WebhookCredentials | cdktf.IResolvable): any;
export declare class WebhookCredentialsOutputReference extends cdktf.ComplexObject {
    private isEmptyObject;
    private resolvableValue?;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    */
    constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string);
    get internalValue(): WebhookCredentials | cdktf.IResolvable | undefined;
    set internalValue(value: WebhookCredentials | cdktf.IResolvable | undefined);
    private _passwordWo?;
    get passwordWo(): string;
    set passwordWo(value: string);
    resetPasswordWo(): void;
    get passwordWoInput(): string;
    private _passwordWoVersion?;
    get passwordWoVersion(): number;
    set passwordWoVersion(value: number);
    resetPasswordWoVersion(): void;
    get passwordWoVersionInput(): number;
    private _realm?;
    get realm(): string;
    set realm(value: string);
    resetRealm(): void;
    get realmInput(): string;
    private _username?;
    get username(): string;
    set username(value: string);
    get usernameInput(): string;
}
export interface WebhookTimeouts {
    /**
    * Time for creating, with all retries. Default 1m.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#create Webhook#create}
    */
    readonly create?: string;
    /**
    * Time for deleting, with all retries. Default 1m.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#delete Webhook#delete}
    */
    readonly delete?: string;
    /**
    * Time for reading, with all retries. Default 1m.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#read Webhook#read}
    */
    readonly read?: string;
    /**
    * Time for updating, with all retries. Default 1m.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#update Webhook#update}
    */
    readonly update?: string;
}
export declare function webhookTimeoutsToTerraform(struct?: WebhookTimeouts | cdktf.IResolvable): any;
export declare function webhookTimeoutsToHclTerraform(struct?: WebhookTimeouts | cdktf.IResolvable): any;
export declare class WebhookTimeoutsOutputReference extends cdktf.ComplexObject {
    private isEmptyObject;
    private resolvableValue?;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    */
    constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string);
    get internalValue(): WebhookTimeouts | cdktf.IResolvable | undefined;
    set internalValue(value: WebhookTimeouts | cdktf.IResolvable | undefined);
    private _create?;
    get create(): string;
    set create(value: string);
    resetCreate(): void;
    get createInput(): string;
    private _delete?;
    get delete(): string;
    set delete(value: string);
    resetDelete(): void;
    get deleteInput(): string;
    private _read?;
    get read(): string;
    set read(value: string);
    resetRead(): void;
    get readInput(): string;
    private _update?;
    get update(): string;
    set update(value: string);
    resetUpdate(): void;
    get updateInput(): string;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook gladly_webhook}
*/
export declare class Webhook extends cdktf.TerraformResource {
    static readonly tfResourceType = "gladly_webhook";
    /**
    * Generates CDKTF code for importing a Webhook resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the Webhook to import
    * @param importFromId The id of the existing Webhook that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the Webhook to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/webhook gladly_webhook} Resource
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options WebhookConfig
    */
    constructor(scope: Construct, id: string, config: WebhookConfig);
    get createdAt(): string;
    private _credentials;
    get credentials(): WebhookCredentialsOutputReference;
    putCredentials(value: WebhookCredentials): void;
    resetCredentials(): void;
    get credentialsInput(): cdktf.IResolvable | WebhookCredentials;
    get disabledAtDueToRetryLimit(): string;
    private _enabled?;
    get enabled(): boolean | cdktf.IResolvable;
    set enabled(value: boolean | cdktf.IResolvable);
    resetEnabled(): void;
    get enabledInput(): boolean | cdktf.IResolvable;
    private _events?;
    get events(): string[];
    set events(value: string[]);
    get eventsInput(): string[];
    get hasCredentials(): cdktf.IResolvable;
    get headerKeys(): string[];
    private _headersWo?;
    get headersWo(): {
        [key: string]: string;
    };
    set headersWo(value: {
        [key: string]: string;
    });
    resetHeadersWo(): void;
    get headersWoInput(): {
        [key: string]: string;
    };
    private _headersWoVersion?;
    get headersWoVersion(): number;
    set headersWoVersion(value: number);
    resetHeadersWoVersion(): void;
    get headersWoVersionInput(): number;
    get id(): string;
    private _name?;
    get name(): string;
    set name(value: string);
    get nameInput(): string;
    get status(): string;
    private _timeouts;
    get timeouts(): WebhookTimeoutsOutputReference;
    putTimeouts(value: WebhookTimeouts): void;
    resetTimeouts(): void;
    get timeoutsInput(): cdktf.IResolvable | WebhookTimeouts;
    get updatedAt(): string;
    private _url?;
    get url(): string;
    set url(value: string);
    get urlInput(): string;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
