"use strict";
// https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agents
// generated from terraform resource schema
Object.defineProperty(exports, "__esModule", { value: true });
exports.DataGladlyAgents = exports.DataGladlyAgentsAgentsList = exports.DataGladlyAgentsAgentsOutputReference = void 0;
exports.dataGladlyAgentsAgentsToTerraform = dataGladlyAgentsAgentsToTerraform;
exports.dataGladlyAgentsAgentsToHclTerraform = dataGladlyAgentsAgentsToHclTerraform;
const cdktf = require("cdktf");
function dataGladlyAgentsAgentsToTerraform(struct) {
    if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) {
        return struct;
    }
    if (cdktf.isComplexElement(struct)) {
        throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
    }
    return {};
}
function dataGladlyAgentsAgentsToHclTerraform(struct) {
    if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) {
        return struct;
    }
    if (cdktf.isComplexElement(struct)) {
        throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
    }
    const attrs = {};
    return attrs;
}
class DataGladlyAgentsAgentsOutputReference extends cdktf.ComplexObject {
    isEmptyObject = false;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    * @param complexObjectIndex the index of this item in the list
    * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
    */
    constructor(terraformResource, terraformAttribute, complexObjectIndex, complexObjectIsFromSet) {
        super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
    }
    get internalValue() {
        let hasAnyValues = this.isEmptyObject;
        const internalValueResult = {};
        return hasAnyValues ? internalValueResult : undefined;
    }
    set internalValue(value) {
        if (value === undefined) {
            this.isEmptyObject = false;
        }
        else {
            this.isEmptyObject = Object.keys(value).length === 0;
        }
    }
    // email_address - computed: true, optional: false, required: false
    get emailAddress() {
        return this.getStringAttribute('email_address');
    }
    // id - computed: true, optional: false, required: false
    get id() {
        return this.getStringAttribute('id');
    }
    // name - computed: true, optional: false, required: false
    get name() {
        return this.getStringAttribute('name');
    }
}
exports.DataGladlyAgentsAgentsOutputReference = DataGladlyAgentsAgentsOutputReference;
class DataGladlyAgentsAgentsList extends cdktf.ComplexList {
    terraformResource;
    terraformAttribute;
    wrapsSet;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
    */
    constructor(terraformResource, terraformAttribute, wrapsSet) {
        super(terraformResource, terraformAttribute, wrapsSet);
        this.terraformResource = terraformResource;
        this.terraformAttribute = terraformAttribute;
        this.wrapsSet = wrapsSet;
    }
    /**
    * @param index the index of the item to return
    */
    get(index) {
        return new DataGladlyAgentsAgentsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
    }
}
exports.DataGladlyAgentsAgentsList = DataGladlyAgentsAgentsList;
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agents gladly_agents}
*/
class DataGladlyAgents extends cdktf.TerraformDataSource {
    // =================
    // STATIC PROPERTIES
    // =================
    static tfResourceType = "gladly_agents";
    // ==============
    // STATIC Methods
    // ==============
    /**
    * Generates CDKTF code for importing a DataGladlyAgents resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyAgents to import
    * @param importFromId The id of the existing DataGladlyAgents that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agents#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyAgents to import is found
    */
    static generateConfigForImport(scope, importToId, importFromId, provider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "gladly_agents", importId: importFromId, provider });
    }
    // ===========
    // INITIALIZER
    // ===========
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/agents gladly_agents} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyAgentsConfig = {}
    */
    constructor(scope, id, config = {}) {
        super(scope, id, {
            terraformResourceType: 'gladly_agents',
            terraformGeneratorMetadata: {
                providerName: 'gladly',
                providerVersion: '0.1.0',
                providerVersionConstraint: '0.1.0'
            },
            provider: config.provider,
            dependsOn: config.dependsOn,
            count: config.count,
            lifecycle: config.lifecycle,
            provisioners: config.provisioners,
            connection: config.connection,
            forEach: config.forEach
        });
        this._emailContains = config.emailContains;
        this._nameContains = config.nameContains;
    }
    // ==========
    // ATTRIBUTES
    // ==========
    // agents - computed: true, optional: false, required: false
    _agents = new DataGladlyAgentsAgentsList(this, "agents", false);
    get agents() {
        return this._agents;
    }
    // email_contains - computed: false, optional: true, required: false
    _emailContains;
    get emailContains() {
        return this.getStringAttribute('email_contains');
    }
    set emailContains(value) {
        this._emailContains = value;
    }
    resetEmailContains() {
        this._emailContains = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get emailContainsInput() {
        return this._emailContains;
    }
    // name_contains - computed: false, optional: true, required: false
    _nameContains;
    get nameContains() {
        return this.getStringAttribute('name_contains');
    }
    set nameContains(value) {
        this._nameContains = value;
    }
    resetNameContains() {
        this._nameContains = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get nameContainsInput() {
        return this._nameContains;
    }
    // =========
    // SYNTHESIS
    // =========
    synthesizeAttributes() {
        return {
            email_contains: cdktf.stringToTerraform(this._emailContains),
            name_contains: cdktf.stringToTerraform(this._nameContains),
        };
    }
    synthesizeHclAttributes() {
        const attrs = {
            email_contains: {
                value: cdktf.stringToHclTerraform(this._emailContains),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
            name_contains: {
                value: cdktf.stringToHclTerraform(this._nameContains),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
        };
        // remove undefined attributes
        return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
    }
}
exports.DataGladlyAgents = DataGladlyAgents;
