"use strict";
// https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/teams
// generated from terraform resource schema
Object.defineProperty(exports, "__esModule", { value: true });
exports.DataGladlyTeams = exports.DataGladlyTeamsTeamsList = exports.DataGladlyTeamsTeamsOutputReference = void 0;
exports.dataGladlyTeamsTeamsToTerraform = dataGladlyTeamsTeamsToTerraform;
exports.dataGladlyTeamsTeamsToHclTerraform = dataGladlyTeamsTeamsToHclTerraform;
const cdktf = require("cdktf");
function dataGladlyTeamsTeamsToTerraform(struct) {
    if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) {
        return struct;
    }
    if (cdktf.isComplexElement(struct)) {
        throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
    }
    return {};
}
function dataGladlyTeamsTeamsToHclTerraform(struct) {
    if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) {
        return struct;
    }
    if (cdktf.isComplexElement(struct)) {
        throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
    }
    const attrs = {};
    return attrs;
}
class DataGladlyTeamsTeamsOutputReference extends cdktf.ComplexObject {
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
    // agent_ids - computed: true, optional: false, required: false
    get agentIds() {
        return cdktf.Fn.tolist(this.getListAttribute('agent_ids'));
    }
    // description - computed: true, optional: false, required: false
    get description() {
        return this.getStringAttribute('description');
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
exports.DataGladlyTeamsTeamsOutputReference = DataGladlyTeamsTeamsOutputReference;
class DataGladlyTeamsTeamsList extends cdktf.ComplexList {
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
        return new DataGladlyTeamsTeamsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
    }
}
exports.DataGladlyTeamsTeamsList = DataGladlyTeamsTeamsList;
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/teams gladly_teams}
*/
class DataGladlyTeams extends cdktf.TerraformDataSource {
    // =================
    // STATIC PROPERTIES
    // =================
    static tfResourceType = "gladly_teams";
    // ==============
    // STATIC Methods
    // ==============
    /**
    * Generates CDKTF code for importing a DataGladlyTeams resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyTeams to import
    * @param importFromId The id of the existing DataGladlyTeams that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/teams#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyTeams to import is found
    */
    static generateConfigForImport(scope, importToId, importFromId, provider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "gladly_teams", importId: importFromId, provider });
    }
    // ===========
    // INITIALIZER
    // ===========
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/teams gladly_teams} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyTeamsConfig = {}
    */
    constructor(scope, id, config = {}) {
        super(scope, id, {
            terraformResourceType: 'gladly_teams',
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
        this._agentId = config.agentId;
        this._nameContains = config.nameContains;
    }
    // ==========
    // ATTRIBUTES
    // ==========
    // agent_id - computed: false, optional: true, required: false
    _agentId;
    get agentId() {
        return this.getStringAttribute('agent_id');
    }
    set agentId(value) {
        this._agentId = value;
    }
    resetAgentId() {
        this._agentId = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get agentIdInput() {
        return this._agentId;
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
    // teams - computed: true, optional: false, required: false
    _teams = new DataGladlyTeamsTeamsList(this, "teams", false);
    get teams() {
        return this._teams;
    }
    // =========
    // SYNTHESIS
    // =========
    synthesizeAttributes() {
        return {
            agent_id: cdktf.stringToTerraform(this._agentId),
            name_contains: cdktf.stringToTerraform(this._nameContains),
        };
    }
    synthesizeHclAttributes() {
        const attrs = {
            agent_id: {
                value: cdktf.stringToHclTerraform(this._agentId),
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
exports.DataGladlyTeams = DataGladlyTeams;
