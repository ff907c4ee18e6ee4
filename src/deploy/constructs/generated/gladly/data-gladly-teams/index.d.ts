import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface DataGladlyTeamsConfig extends cdktf.TerraformMetaArguments {
    /**
    * Only teams that this agent is in.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/teams#agent_id DataGladlyTeams#agent_id}
    */
    readonly agentId?: string;
    /**
    * Only teams with this in their name, in any case.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/teams#name_contains DataGladlyTeams#name_contains}
    */
    readonly nameContains?: string;
}
export interface DataGladlyTeamsTeams {
}
export declare function dataGladlyTeamsTeamsToTerraform(struct?: DataGladlyTeamsTeams): any;
export declare function dataGladlyTeamsTeamsToHclTerraform(struct?: DataGladlyTeamsTeams): any;
export declare class DataGladlyTeamsTeamsOutputReference extends cdktf.ComplexObject {
    private isEmptyObject;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    * @param complexObjectIndex the index of this item in the list
    * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
    */
    constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean);
    get internalValue(): DataGladlyTeamsTeams | undefined;
    set internalValue(value: DataGladlyTeamsTeams | undefined);
    get agentIds(): string[];
    get description(): string;
    get id(): string;
    get name(): string;
}
export declare class DataGladlyTeamsTeamsList extends cdktf.ComplexList {
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
    get(index: number): DataGladlyTeamsTeamsOutputReference;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/teams gladly_teams}
*/
export declare class DataGladlyTeams extends cdktf.TerraformDataSource {
    static readonly tfResourceType = "gladly_teams";
    /**
    * Generates CDKTF code for importing a DataGladlyTeams resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyTeams to import
    * @param importFromId The id of the existing DataGladlyTeams that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/teams#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyTeams to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/teams gladly_teams} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyTeamsConfig = {}
    */
    constructor(scope: Construct, id: string, config?: DataGladlyTeamsConfig);
    private _agentId?;
    get agentId(): string;
    set agentId(value: string);
    resetAgentId(): void;
    get agentIdInput(): string;
    private _nameContains?;
    get nameContains(): string;
    set nameContains(value: string);
    resetNameContains(): void;
    get nameContainsInput(): string;
    private _teams;
    get teams(): DataGladlyTeamsTeamsList;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
