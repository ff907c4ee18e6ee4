"use strict";
// https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks
// generated from terraform resource schema
Object.defineProperty(exports, "__esModule", { value: true });
exports.DataGladlyWebhooks = exports.DataGladlyWebhooksWebhooksList = exports.DataGladlyWebhooksWebhooksOutputReference = void 0;
exports.dataGladlyWebhooksWebhooksToTerraform = dataGladlyWebhooksWebhooksToTerraform;
exports.dataGladlyWebhooksWebhooksToHclTerraform = dataGladlyWebhooksWebhooksToHclTerraform;
const cdktf = require("cdktf");
function dataGladlyWebhooksWebhooksToTerraform(struct) {
    if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) {
        return struct;
    }
    if (cdktf.isComplexElement(struct)) {
        throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
    }
    return {};
}
function dataGladlyWebhooksWebhooksToHclTerraform(struct) {
    if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) {
        return struct;
    }
    if (cdktf.isComplexElement(struct)) {
        throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
    }
    const attrs = {};
    return attrs;
}
class DataGladlyWebhooksWebhooksOutputReference extends cdktf.ComplexObject {
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
    // created_at - computed: true, optional: false, required: false
    get createdAt() {
        return this.getStringAttribute('created_at');
    }
    // disabled_at_due_to_retry_limit - computed: true, optional: false, required: false
    get disabledAtDueToRetryLimit() {
        return this.getStringAttribute('disabled_at_due_to_retry_limit');
    }
    // enabled - computed: true, optional: false, required: false
    get enabled() {
        return this.getBooleanAttribute('enabled');
    }
    // events - computed: true, optional: false, required: false
    get events() {
        return cdktf.Fn.tolist(this.getListAttribute('events'));
    }
    // has_credentials - computed: true, optional: false, required: false
    get hasCredentials() {
        return this.getBooleanAttribute('has_credentials');
    }
    // header_keys - computed: true, optional: false, required: false
    get headerKeys() {
        return cdktf.Fn.tolist(this.getListAttribute('header_keys'));
    }
    // id - computed: true, optional: false, required: false
    get id() {
        return this.getStringAttribute('id');
    }
    // name - computed: true, optional: false, required: false
    get name() {
        return this.getStringAttribute('name');
    }
    // status - computed: true, optional: false, required: false
    get status() {
        return this.getStringAttribute('status');
    }
    // updated_at - computed: true, optional: false, required: false
    get updatedAt() {
        return this.getStringAttribute('updated_at');
    }
    // url - computed: true, optional: false, required: false
    get url() {
        return this.getStringAttribute('url');
    }
}
exports.DataGladlyWebhooksWebhooksOutputReference = DataGladlyWebhooksWebhooksOutputReference;
class DataGladlyWebhooksWebhooksList extends cdktf.ComplexList {
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
        return new DataGladlyWebhooksWebhooksOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
    }
}
exports.DataGladlyWebhooksWebhooksList = DataGladlyWebhooksWebhooksList;
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks gladly_webhooks}
*/
class DataGladlyWebhooks extends cdktf.TerraformDataSource {
    // =================
    // STATIC PROPERTIES
    // =================
    static tfResourceType = "gladly_webhooks";
    // ==============
    // STATIC Methods
    // ==============
    /**
    * Generates CDKTF code for importing a DataGladlyWebhooks resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the DataGladlyWebhooks to import
    * @param importFromId The id of the existing DataGladlyWebhooks that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the DataGladlyWebhooks to import is found
    */
    static generateConfigForImport(scope, importToId, importFromId, provider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "gladly_webhooks", importId: importFromId, provider });
    }
    // ===========
    // INITIALIZER
    // ===========
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/data-sources/webhooks gladly_webhooks} Data Source
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options DataGladlyWebhooksConfig = {}
    */
    constructor(scope, id, config = {}) {
        super(scope, id, {
            terraformResourceType: 'gladly_webhooks',
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
        this._event = config.event;
        this._nameContains = config.nameContains;
        this._status = config.status;
    }
    // ==========
    // ATTRIBUTES
    // ==========
    // event - computed: false, optional: true, required: false
    _event;
    get event() {
        return this.getStringAttribute('event');
    }
    set event(value) {
        this._event = value;
    }
    resetEvent() {
        this._event = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get eventInput() {
        return this._event;
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
    // status - computed: false, optional: true, required: false
    _status;
    get status() {
        return this.getStringAttribute('status');
    }
    set status(value) {
        this._status = value;
    }
    resetStatus() {
        this._status = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get statusInput() {
        return this._status;
    }
    // webhooks - computed: true, optional: false, required: false
    _webhooks = new DataGladlyWebhooksWebhooksList(this, "webhooks", false);
    get webhooks() {
        return this._webhooks;
    }
    // =========
    // SYNTHESIS
    // =========
    synthesizeAttributes() {
        return {
            event: cdktf.stringToTerraform(this._event),
            name_contains: cdktf.stringToTerraform(this._nameContains),
            status: cdktf.stringToTerraform(this._status),
        };
    }
    synthesizeHclAttributes() {
        const attrs = {
            event: {
                value: cdktf.stringToHclTerraform(this._event),
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
            status: {
                value: cdktf.stringToHclTerraform(this._status),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
        };
        // remove undefined attributes
        return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
    }
}
exports.DataGladlyWebhooks = DataGladlyWebhooks;
