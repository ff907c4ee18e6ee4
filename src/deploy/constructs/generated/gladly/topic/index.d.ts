import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
export interface TopicConfig extends cdktf.TerraformMetaArguments {
    /**
    * Whether a create may take over an existing *enabled* topic of the same name. A disabled one is always taken over and enabled again, because Gladly never frees its name.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#adopt_existing Topic#adopt_existing}
    */
    readonly adoptExisting?: boolean | cdktf.IResolvable;
    /**
    * Agents cannot add a disabled topic to conversations.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#disabled Topic#disabled}
    */
    readonly disabled?: boolean | cdktf.IResolvable;
    /**
    * The topic's name, as agents see it. Unique in the organization.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#name Topic#name}
    */
    readonly name: string;
    /**
    * The id of the parent topic. Without it the topic is at the top level. Gladly does not document how a topic moves back to the top level, so if you remove this, the provider requests it and checks the result.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#parent_id Topic#parent_id}
    */
    readonly parentId?: string;
    /**
    * Time limits of the operations, as durations such as `30s` or `2m`.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#timeouts Topic#timeouts}
    */
    readonly timeouts?: TopicTimeouts;
}
export interface TopicTimeouts {
    /**
    * Time for creating, with all retries. Default 1m.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#create Topic#create}
    */
    readonly create?: string;
    /**
    * Time for deleting, with all retries. Default 1m.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#delete Topic#delete}
    */
    readonly delete?: string;
    /**
    * Time for reading, with all retries. Default 1m.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#read Topic#read}
    */
    readonly read?: string;
    /**
    * Time for updating, with all retries. Default 1m.
    *
    * Docs at Terraform Registry: {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#update Topic#update}
    */
    readonly update?: string;
}
export declare function topicTimeoutsToTerraform(struct?: TopicTimeouts | cdktf.IResolvable): any;
export declare function topicTimeoutsToHclTerraform(struct?: TopicTimeouts | cdktf.IResolvable): any;
export declare class TopicTimeoutsOutputReference extends cdktf.ComplexObject {
    private isEmptyObject;
    private resolvableValue?;
    /**
    * @param terraformResource The parent resource
    * @param terraformAttribute The attribute on the parent resource this class is referencing
    */
    constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string);
    get internalValue(): TopicTimeouts | cdktf.IResolvable | undefined;
    set internalValue(value: TopicTimeouts | cdktf.IResolvable | undefined);
    private _create?;
    get create(): string;
    set create(value: string);
    resetCreate(): void;
    get createInput(): string;
    private _delete?;
    get delete(): string;
    set delete(value: string);
    resetDelete(): void;
    get deleteInput(): string;
    private _read?;
    get read(): string;
    set read(value: string);
    resetRead(): void;
    get readInput(): string;
    private _update?;
    get update(): string;
    set update(value: string);
    resetUpdate(): void;
    get updateInput(): string;
}
/**
* Represents a {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic gladly_topic}
*/
export declare class Topic extends cdktf.TerraformResource {
    static readonly tfResourceType = "gladly_topic";
    /**
    * Generates CDKTF code for importing a Topic resource upon running "cdktf plan <stack-name>"
    * @param scope The scope in which to define this construct
    * @param importToId The construct id used in the generated config for the Topic to import
    * @param importFromId The id of the existing Topic that should be imported. Refer to the {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic#import import section} in the documentation of this resource for the id to use
    * @param provider? Optional instance of the provider where the Topic to import is found
    */
    static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider): cdktf.ImportableResource;
    /**
    * Create a new {@link https://terraform.local/providers/relay/gladly/0.1.0/docs/resources/topic gladly_topic} Resource
    *
    * @param scope The scope in which to define this construct
    * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
    * @param options TopicConfig
    */
    constructor(scope: Construct, id: string, config: TopicConfig);
    private _adoptExisting?;
    get adoptExisting(): boolean | cdktf.IResolvable;
    set adoptExisting(value: boolean | cdktf.IResolvable);
    resetAdoptExisting(): void;
    get adoptExistingInput(): boolean | cdktf.IResolvable;
    private _disabled?;
    get disabled(): boolean | cdktf.IResolvable;
    set disabled(value: boolean | cdktf.IResolvable);
    resetDisabled(): void;
    get disabledInput(): boolean | cdktf.IResolvable;
    get id(): string;
    private _name?;
    get name(): string;
    set name(value: string);
    get nameInput(): string;
    private _parentId?;
    get parentId(): string;
    set parentId(value: string);
    resetParentId(): void;
    get parentIdInput(): string;
    private _timeouts;
    get timeouts(): TopicTimeoutsOutputReference;
    putTimeouts(value: TopicTimeouts): void;
    resetTimeouts(): void;
    get timeoutsInput(): cdktf.IResolvable | TopicTimeouts;
    protected synthesizeAttributes(): {
        [name: string]: any;
    };
    protected synthesizeHclAttributes(): {
        [name: string]: any;
    };
}
