import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface GladlyProviderConfig {
    /**
    * How many requests this provider may start in any one second, from 1 to 100. Default 10, which is Gladly's limit for all clients of an organization together; lower it to leave more for other clients. The provider also keeps to a lower limit that Gladly names in its answers.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs#requests_per_second GladlyProvider#requests_per_second}
    */
    readonly requestsPerSecond?: number;
    /**
    * An API token of that user. Gladly's tokens have no scopes, so a token can call everything. Best given as `GLADLY_TOKEN`, or through an ephemeral value.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs#token GladlyProvider#token}
    */
    readonly token?: string;
    /**
    * The full address of the organization, such as `https://example.gladly.com`. Can also be given as `GLADLY_URL`. `http` is allowed for a loopback address only.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs#url GladlyProvider#url}
    */
    readonly url?: string;
    /**
    * The e-mail address of the Gladly user that owns the token; it needs the API User permission. Can also be given as `GLADLY_USER`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs#user GladlyProvider#user}
    */
    readonly user?: string;
    /**
    * Alias name
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs#alias GladlyProvider#alias}
    */
    readonly alias?: string;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs gladly}
*/
export declare class GladlyProvider extends cdktf.TerraformProvider {
    static readonly tfResourceType = "gladly";
    /**
    * Generates CDKTF code for importing a GladlyProvider resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the GladlyProvider to import
    * @param importFromId The id of the existing GladlyProvider that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the GladlyProvider to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs gladly} Resource
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options GladlyProviderConfig = {}
    */
    constructor(scope: Construct, id: string, config?: GladlyProviderConfig);
    private _requestsPerSecond?;
    get requestsPerSecond(): number | undefined;
    set requestsPerSecond(value: number | undefined);
    resetRequestsPerSecond(): void;
    get requestsPerSecondInput(): number;
    private _token?;
    get token(): string | undefined;
    set token(value: string | undefined);
    resetToken(): void;
    get tokenInput(): string;
    private _url?;
    get url(): string | undefined;
    set url(value: string | undefined);
    resetUrl(): void;
    get urlInput(): string;
    private _user?;
    get user(): string | undefined;
    set user(value: string | undefined);
    resetUser(): void;
    get userInput(): string;
    private _alias?;
    get alias(): string | undefined;
    set alias(value: string | undefined);
    resetAlias(): void;
    get aliasInput(): string;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
