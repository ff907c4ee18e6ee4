import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface DataGladlyAgentConfig extends cdktf.TerraformMetaArguments {
    /**
    * The agent's e-mail address, exactly. Give this or `id`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agent#email_address DataGladlyAgent#email_address}
    */
    readonly emailAddress?: string;
    /**
    * The agent's id. Give this or `email_address`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agent#id DataGladlyAgent#id}
    *
    * Please be aware that the id field is automatically added to all resources in Terraform providers using a Terraform provider SDK version below 2.
    * If you experience problems setting this value it might not be settable. Please take a look at the provider documentation to ensure it should be settable.
    */
    readonly id?: string;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agent gladly_agent}
*/
export declare class DataGladlyAgent extends cdktf.TerraformDataSource {
    static readonly tfResourceType = "gladly_agent";
    /**
    * Generates CDKTF code for importing a DataGladlyAgent resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyAgent to import
    * @param importFromId The id of the existing DataGladlyAgent that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agent#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyAgent to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agent gladly_agent} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyAgentConfig = {}
    */
    constructor(scope: Construct, id: string, config?: DataGladlyAgentConfig);
    private _emailAddress?;
    get emailAddress(): string;
    set emailAddress(value: string);
    resetEmailAddress(): void;
    get emailAddressInput(): string;
    private _id?;
    get id(): string;
    set id(value: string);
    resetId(): void;
    get idInput(): string;
    get name(): string;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
