import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface DataGladlyWebhooksConfig extends cdktf.TerraformMetaArguments {
    /**
    * Only webhooks that deliver events of this type.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks#event DataGladlyWebhooks#event}
    */
    readonly event?: string;
    /**
    * Only webhooks with this in their name, in any case.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks#name_contains DataGladlyWebhooks#name_contains}
    */
    readonly nameContains?: string;
    /**
    * Only webhooks in this state.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks#status DataGladlyWebhooks#status}
    */
    readonly status?: string;
}
export interface DataGladlyWebhooksWebhooks {
}
export declare function dataGladlyWebhooksWebhooksToTerraform(struct?: DataGladlyWebhooksWebhooks): any;
export declare function dataGladlyWebhooksWebhooksToHclTerraform(struct?: DataGladlyWebhooksWebhooks): any;
export declare class DataGladlyWebhooksWebhooksOutputReference extends cdktf.ComplexObject {
    private isEmptyObject;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    * @param complexObjectIndex the index of this item in the list
    * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
    */
    constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean);
    get internalValue(): DataGladlyWebhooksWebhooks | undefined;
    set internalValue(value: DataGladlyWebhooksWebhooks | undefined);
    get createdAt(): string;
    get disabledAtDueToRetryLimit(): string;
    get enabled(): cdktf.IResolvable;
    get events(): string[];
    get hasCredentials(): cdktf.IResolvable;
    get headerKeys(): string[];
    get id(): string;
    get name(): string;
    get status(): string;
    get updatedAt(): string;
    get url(): string;
}
export declare class DataGladlyWebhooksWebhooksList extends cdktf.ComplexList {
    protected terraformResource: cdktf.IInterpolatingParent;
    protected terraformAttribute: string;
    protected wrapsSet: boolean;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
    */
    constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, wrapsSet: boolean);
    /**
    * @param index the index of the item to return
    */
    get(index: number): DataGladlyWebhooksWebhooksOutputReference;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks gladly_webhooks}
*/
export declare class DataGladlyWebhooks extends cdktf.TerraformDataSource {
    static readonly tfResourceType = "gladly_webhooks";
    /**
    * Generates CDKTF code for importing a DataGladlyWebhooks resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyWebhooks to import
    * @param importFromId The id of the existing DataGladlyWebhooks that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyWebhooks to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks gladly_webhooks} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyWebhooksConfig = {}
    */
    constructor(scope: Construct, id: string, config?: DataGladlyWebhooksConfig);
    private _event?;
    get event(): string;
    set event(value: string);
    resetEvent(): void;
    get eventInput(): string;
    private _nameContains?;
    get nameContains(): string;
    set nameContains(value: string);
    resetNameContains(): void;
    get nameContainsInput(): string;
    private _status?;
    get status(): string;
    set status(value: string);
    resetStatus(): void;
    get statusInput(): string;
    private _webhooks;
    get webhooks(): DataGladlyWebhooksWebhooksList;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
