import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface DataGladlyTeamConfig extends cdktf.TerraformMetaArguments {
    /**
    * The team's id. Give this or `name`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/team#id DataGladlyTeam#id}
    *
    * Please be aware that the id field is automatically added to all resources in Terraform providers using a Terraform provider SDK version below 2.
    * If you experience problems setting this value it might not be settable. Please take a look at the provider documentation to ensure it should be settable.
    */
    readonly id?: string;
    /**
    * The team's name, exactly. Give this or `id`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/team#name DataGladlyTeam#name}
    */
    readonly name?: string;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/team gladly_team}
*/
export declare class DataGladlyTeam extends cdktf.TerraformDataSource {
    static readonly tfResourceType = "gladly_team";
    /**
    * Generates CDKTF code for importing a DataGladlyTeam resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyTeam to import
    * @param importFromId The id of the existing DataGladlyTeam that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/team#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyTeam to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/team gladly_team} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyTeamConfig = {}
    */
    constructor(scope: Construct, id: string, config?: DataGladlyTeamConfig);
    get agentIds(): string[];
    get description(): string;
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
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
