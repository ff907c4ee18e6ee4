import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface DataGladlyInboxesConfig extends cdktf.TerraformMetaArguments {
    /**
    * Whether disabled inboxes are listed too. Default `false`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/inboxes#include_disabled DataGladlyInboxes#include_disabled}
    */
    readonly includeDisabled?: boolean | cdktf.IResolvable;
    /**
    * Only inboxes with this in their name, in any case.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/inboxes#name_contains DataGladlyInboxes#name_contains}
    */
    readonly nameContains?: string;
}
export interface DataGladlyInboxesInboxes {
}
export declare function dataGladlyInboxesInboxesToTerraform(struct?: DataGladlyInboxesInboxes): any;
export declare function dataGladlyInboxesInboxesToHclTerraform(struct?: DataGladlyInboxesInboxes): any;
export declare class DataGladlyInboxesInboxesOutputReference extends cdktf.ComplexObject {
    private isEmptyObject;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    * @param complexObjectIndex the index of this item in the list
    * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
    */
    constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean);
    get internalValue(): DataGladlyInboxesInboxes | undefined;
    set internalValue(value: DataGladlyInboxesInboxes | undefined);
    get disabled(): cdktf.IResolvable;
    get id(): string;
    get name(): string;
}
export declare class DataGladlyInboxesInboxesList extends cdktf.ComplexList {
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
    get(index: number): DataGladlyInboxesInboxesOutputReference;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/inboxes gladly_inboxes}
*/
export declare class DataGladlyInboxes extends cdktf.TerraformDataSource {
    static readonly tfResourceType = "gladly_inboxes";
    /**
    * Generates CDKTF code for importing a DataGladlyInboxes resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyInboxes to import
    * @param importFromId The id of the existing DataGladlyInboxes that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/inboxes#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyInboxes to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/inboxes gladly_inboxes} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyInboxesConfig = {}
    */
    constructor(scope: Construct, id: string, config?: DataGladlyInboxesConfig);
    private _inboxes;
    get inboxes(): DataGladlyInboxesInboxesList;
    private _includeDisabled?;
    get includeDisabled(): boolean | cdktf.IResolvable;
    set includeDisabled(value: boolean | cdktf.IResolvable);
    resetIncludeDisabled(): void;
    get includeDisabledInput(): boolean | cdktf.IResolvable;
    private _nameContains?;
    get nameContains(): string;
    set nameContains(value: string);
    resetNameContains(): void;
    get nameContainsInput(): string;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
