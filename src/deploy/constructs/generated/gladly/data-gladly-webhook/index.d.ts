import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface DataGladlyWebhookConfig extends cdktf.TerraformMetaArguments {
    /**
    * The webhook's id. Give this, `url` or `name`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhook#id DataGladlyWebhook#id}
    *
    * Please be aware that the id field is automatically added to all resources in Terraform providers using a Terraform provider SDK version below 2.
    * If you experience problems setting this value it might not be settable. Please take a look at the provider documentation to ensure it should be settable.
    */
    readonly id?: string;
    /**
    * Its name, exactly. Give this, `id` or `url`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhook#name DataGladlyWebhook#name}
    */
    readonly name?: string;
    /**
    * Where it posts. Give this, `id` or `name`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhook#url DataGladlyWebhook#url}
    */
    readonly url?: string;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhook gladly_webhook}
*/
export declare class DataGladlyWebhook extends cdktf.TerraformDataSource {
    static readonly tfResourceType = "gladly_webhook";
    /**
    * Generates CDKTF code for importing a DataGladlyWebhook resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyWebhook to import
    * @param importFromId The id of the existing DataGladlyWebhook that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhook#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyWebhook to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhook gladly_webhook} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyWebhookConfig = {}
    */
    constructor(scope: Construct, id: string, config?: DataGladlyWebhookConfig);
    get createdAt(): string;
    get disabledAtDueToRetryLimit(): string;
    get enabled(): cdktf.IResolvable;
    get events(): string[];
    get hasCredentials(): cdktf.IResolvable;
    get headerKeys(): string[];
    private _id?;
    get id(): string;
    set id(value: string);
    resetId(): void;
    get idInput(): string;
    private _name?;
    get name(): string;
    set name(value: string);
    resetName(): void;
    get nameInput(): string;
    get status(): string;
    get updatedAt(): string;
    private _url?;
    get url(): string;
    set url(value: string);
    resetUrl(): void;
    get urlInput(): string;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
