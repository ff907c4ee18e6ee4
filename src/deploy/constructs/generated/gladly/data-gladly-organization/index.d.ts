import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface DataGladlyOrganizationConfig extends cdktf.TerraformMetaArguments {
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/organization gladly_organization}
*/
export declare class DataGladlyOrganization extends cdktf.TerraformDataSource {
    static readonly tfResourceType = "gladly_organization";
    /**
    * Generates CDKTF code for importing a DataGladlyOrganization resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyOrganization to import
    * @param importFromId The id of the existing DataGladlyOrganization that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/organization#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyOrganization to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/organization gladly_organization} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyOrganizationConfig = {}
    */
    constructor(scope: Construct, id: string, config?: DataGladlyOrganizationConfig);
    get gladlyUrl(): string;
    get id(): string;
    get loginDomain(): string;
    get name(): string;
    get timezone(): string;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
