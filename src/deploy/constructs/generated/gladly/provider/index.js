"use strict";
// https://terraform.local/providers/relay/gladly/0.1.0/docs
// generated from terraform resource schema
Object.defineProperty(exports, "__esModule", { value: true });
exports.GladlyProvider = void 0;
const cdktf = require("cdktf");
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs gladly}
*/
class GladlyProvider extends cdktf.TerraformProvider {
    // =================
    // STATIC PROPERTIES
    // =================
    static tfResourceType = "gladly";
    // ==============
    // STATIC Methods
    // ==============
    /**
    * Generates CDKTF code for importing a GladlyProvider resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the GladlyProvider to import
    * @param importFromId The id of the existing GladlyProvider that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the GladlyProvider to import is found
    */
    static generateConfigForImport(scope, importToId, importFromId, provider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "gladly", importId: importFromId, provider });
    }
    // ===========
    // INITIALIZER
    // ===========
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs gladly} Resource
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options GladlyProviderConfig = {}
    */
    constructor(scope, id, config = {}) {
        super(scope, id, {
            terraformResourceType: 'gladly',
            terraformGeneratorMetadata: {
                providerName: 'gladly',
                providerVersion: '0.1.0',
                providerVersionConstraint: '0.1.0'
            },
            terraformProviderSource: 'terraform.local/relay/gladly'
        });
        this._requestsPerSecond = config.requestsPerSecond;
        this._token = config.token;
        this._url = config.url;
        this._user = config.user;
        this._alias = config.alias;
    }
    // ==========
    // ATTRIBUTES
    // ==========
    // requests_per_second - computed: false, optional: true, required: false
    _requestsPerSecond;
    get requestsPerSecond() {
        return this._requestsPerSecond;
    }
    set requestsPerSecond(value) {
        this._requestsPerSecond = value;
    }
    resetRequestsPerSecond() {
        this._requestsPerSecond = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get requestsPerSecondInput() {
        return this._requestsPerSecond;
    }
    // token - computed: false, optional: true, required: false
    _token;
    get token() {
        return this._token;
    }
    set token(value) {
        this._token = value;
    }
    resetToken() {
        this._token = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get tokenInput() {
        return this._token;
    }
    // url - computed: false, optional: true, required: false
    _url;
    get url() {
        return this._url;
    }
    set url(value) {
        this._url = value;
    }
    resetUrl() {
        this._url = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get urlInput() {
        return this._url;
    }
    // user - computed: false, optional: true, required: false
    _user;
    get user() {
        return this._user;
    }
    set user(value) {
        this._user = value;
    }
    resetUser() {
        this._user = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get userInput() {
        return this._user;
    }
    // alias - computed: false, optional: true, required: false
    _alias;
    get alias() {
        return this._alias;
    }
    set alias(value) {
        this._alias = value;
    }
    resetAlias() {
        this._alias = undefined;
    }
    // Temporarily expose input value. Use with caution.
    get aliasInput() {
        return this._alias;
    }
    // =========
    // SYNTHESIS
    // =========
    synthesizeAttributes() {
        return {
            requests_per_second: cdktf.numberToTerraform(this._requestsPerSecond),
            token: cdktf.stringToTerraform(this._token),
            url: cdktf.stringToTerraform(this._url),
            user: cdktf.stringToTerraform(this._user),
            alias: cdktf.stringToTerraform(this._alias),
        };
    }
    synthesizeHclAttributes() {
        const attrs = {
            requests_per_second: {
                value: cdktf.numberToHclTerraform(this._requestsPerSecond),
                isBlock: false,
                type: "simple",
                storageClassType: "number",
            },
            token: {
                value: cdktf.stringToHclTerraform(this._token),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
            url: {
                value: cdktf.stringToHclTerraform(this._url),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
            user: {
                value: cdktf.stringToHclTerraform(this._user),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
            alias: {
                value: cdktf.stringToHclTerraform(this._alias),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
        };
        // remove undefined attributes
        return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
    }
}
exports.GladlyProvider = GladlyProvider;
