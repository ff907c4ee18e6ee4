import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface DataGladlyAgentsConfig extends cdktf.TerraformMetaArguments {
    /**
    * Only agents with this in their e-mail address, in any case, such as `@example.com`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agents#email_contains DataGladlyAgents#email_contains}
    */
    readonly emailContains?: string;
    /**
    * Only agents with this in their name, in any case.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agents#name_contains DataGladlyAgents#name_contains}
    */
    readonly nameContains?: string;
}
export interface DataGladlyAgentsAgents {
}
export declare function dataGladlyAgentsAgentsToTerraform(struct?: DataGladlyAgentsAgents): any;
export declare function dataGladlyAgentsAgentsToHclTerraform(struct?: DataGladlyAgentsAgents): any;
export declare class DataGladlyAgentsAgentsOutputReference extends cdktf.ComplexObject {
    private isEmptyObject;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    * @param complexObjectIndex the index of this item in the list
    * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
    */
    constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean);
    get internalValue(): DataGladlyAgentsAgents | undefined;
    set internalValue(value: DataGladlyAgentsAgents | undefined);
    get emailAddress(): string;
    get id(): string;
    get name(): string;
}
export declare class DataGladlyAgentsAgentsList extends cdktf.ComplexList {
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
    get(index: number): DataGladlyAgentsAgentsOutputReference;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agents gladly_agents}
*/
export declare class DataGladlyAgents extends cdktf.TerraformDataSource {
    static readonly tfResourceType = "gladly_agents";
    /**
    * Generates CDKTF code for importing a DataGladlyAgents resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyAgents to import
    * @param importFromId The id of the existing DataGladlyAgents that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agents#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyAgents to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agents gladly_agents} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyAgentsConfig = {}
    */
    constructor(scope: Construct, id: string, config?: DataGladlyAgentsConfig);
    private _agents;
    get agents(): DataGladlyAgentsAgentsList;
    private _emailContains?;
    get emailContains(): string;
    set emailContains(value: string);
    resetEmailContains(): void;
    get emailContainsInput(): string;
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
