"use strict";
// https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/inboxes
// generated from terraform resource schema
Object.defineProperty(exports, "__esModule", { value: true });
exports.DataGladlyInboxes = exports.DataGladlyInboxesInboxesList = exports.DataGladlyInboxesInboxesOutputReference = void 0;
exports.dataGladlyInboxesInboxesToTerraform = dataGladlyInboxesInboxesToTerraform;
exports.dataGladlyInboxesInboxesToHclTerraform = dataGladlyInboxesInboxesToHclTerraform;
const cdktf = require("cdktf");
function dataGladlyInboxesInboxesToTerraform(struct) {
    if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) {
        return struct;
    }
    if (cdktf.isComplexElement(struct)) {
        throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
    }
    return {};
}
function dataGladlyInboxesInboxesToHclTerraform(struct) {
    if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) {
        return struct;
    }
    if (cdktf.isComplexElement(struct)) {
        throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
    }
    const attrs = {};
    return attrs;
}
class DataGladlyInboxesInboxesOutputReference extends cdktf.ComplexObject {
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
    // disabled - computed: true, optional: false, required: false
    get disabled() {
        return this.getBooleanAttribute('disabled');
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
exports.DataGladlyInboxesInboxesOutputReference = DataGladlyInboxesInboxesOutputReference;
class DataGladlyInboxesInboxesList extends cdktf.ComplexList {
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
        return new DataGladlyInboxesInboxesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
    }
}
exports.DataGladlyInboxesInboxesList = DataGladlyInboxesInboxesList;
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/inboxes gladly_inboxes}
*/
class DataGladlyInboxes extends cdktf.TerraformDataSource {
    // =================
    // STATIC PROPERTIES
    // =================
    static tfResourceType = "gladly_inboxes";
    // ==============
    // STATIC Methods
    // ==============
    /**
    * Generates CDKTF code for importing a DataGladlyInboxes resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyInboxes to import
    * @param importFromId The id of the existing DataGladlyInboxes that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/inboxes#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyInboxes to import is found
    */
    static generateConfigForImport(scope, importToId, importFromId, provider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "gladly_inboxes", importId: importFromId, provider });
    }
    // ===========
    // INITIALIZER
    // ===========
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/inboxes gladly_inboxes} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyInboxesConfig = {}
    */
    constructor(scope, id, config = {}) {
        super(scope, id, {
            terraformResourceType: 'gladly_inboxes',
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
        this._includeDisabled = config.includeDisabled;
        this._nameContains = config.nameContains;
    }
    // ==========
    // ATTRIBUTES
    // ==========
    // inboxes - computed: true, optional: false, required: false
    _inboxes = new DataGladlyInboxesInboxesList(this, "inboxes", false);
    get inboxes() {
        return this._inboxes;
    }
    // include_disabled - computed: false, optional: true, required: false
    _includeDisabled;
    get includeDisabled() {
        return this.getBooleanAttribute('include_disabled');
    }
    set includeDisabled(value) {
        this._includeDisabled = value;
    }
    resetIncludeDisabled() {
        this._includeDisabled = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get includeDisabledInput() {
        return this._includeDisabled;
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
            include_disabled: cdktf.booleanToTerraform(this._includeDisabled),
            name_contains: cdktf.stringToTerraform(this._nameContains),
        };
    }
    synthesizeHclAttributes() {
        const attrs = {
            include_disabled: {
                value: cdktf.booleanToHclTerraform(this._includeDisabled),
                isBlock: false,
                type: "simple",
                storageClassType: "boolean",
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
exports.DataGladlyInboxes = DataGladlyInboxes;
