import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface DataGladlyTopicsConfig extends cdktf.TerraformMetaArguments {
    /**
    * Whether disabled topics are listed too. Default `false`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/topics#include_disabled DataGladlyTopics#include_disabled}
    */
    readonly includeDisabled?: boolean | cdktf.IResolvable;
    /**
    * Only topics with this in their name, in any case.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/topics#name_contains DataGladlyTopics#name_contains}
    */
    readonly nameContains?: string;
    /**
    * Only topics directly below this one.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/topics#parent_id DataGladlyTopics#parent_id}
    */
    readonly parentId?: string;
}
export interface DataGladlyTopicsTopics {
}
export declare function dataGladlyTopicsTopicsToTerraform(struct?: DataGladlyTopicsTopics): any;
export declare function dataGladlyTopicsTopicsToHclTerraform(struct?: DataGladlyTopicsTopics): any;
export declare class DataGladlyTopicsTopicsOutputReference extends cdktf.ComplexObject {
    private isEmptyObject;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    * @param complexObjectIndex the index of this item in the list
    * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
    */
    constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean);
    get internalValue(): DataGladlyTopicsTopics | undefined;
    set internalValue(value: DataGladlyTopicsTopics | undefined);
    get disabled(): cdktf.IResolvable;
    get id(): string;
    get name(): string;
    get parentId(): string;
}
export declare class DataGladlyTopicsTopicsList extends cdktf.ComplexList {
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
    get(index: number): DataGladlyTopicsTopicsOutputReference;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/topics gladly_topics}
*/
export declare class DataGladlyTopics extends cdktf.TerraformDataSource {
    static readonly tfResourceType = "gladly_topics";
    /**
    * Generates CDKTF code for importing a DataGladlyTopics resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyTopics to import
    * @param importFromId The id of the existing DataGladlyTopics that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/topics#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyTopics to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/topics gladly_topics} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyTopicsConfig = {}
    */
    constructor(scope: Construct, id: string, config?: DataGladlyTopicsConfig);
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
    private _parentId?;
    get parentId(): string;
    set parentId(value: string);
    resetParentId(): void;
    get parentIdInput(): string;
    private _topics;
    get topics(): DataGladlyTopicsTopicsList;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
