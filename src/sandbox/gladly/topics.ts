/** Topics: created, renamed, moved, disabled; never deleted (docs/vendors/gladly-api.md section 8). */
import { isOwnId, newId } from "../ids";
import type { Fields } from "./fields";
import { notExist, Refusal } from "./refusal";

export interface TopicRecord {
  readonly id: string;
  readonly name: string;
  readonly disabled: boolean;
  readonly parentId?: string;
}

export class Topics {
  private readonly records = new Map<string, TopicRecord>();

  /** @param onChange told of what the API created and changed */
  constructor(
    private readonly onChange: (before: TopicRecord | undefined, after: TopicRecord) => void = () => undefined,
  ) {}

  list(): readonly TopicRecord[] {
    return [...this.records.values()];
  }

  find(id: string): TopicRecord | undefined {
    return this.records.get(id);
  }

  /** The topic, or a 404 with a body. */
  get(id: string): TopicRecord {
    const record = this.records.get(id);
    if (record === undefined) throw notExist();
    return record;
  }

  seed(record: TopicRecord): void {
    this.records.set(record.id, record);
  }

  create(fields: Fields): TopicRecord {
    const id = fields.text("id") ?? newId();
    const name = fields.text("name", { required: true }) ?? "";
    const disabled = fields.flag("disabled") ?? false;
    const parentId = fields.text("parentId");
    if (!isOwnId(id)) fields.error("id", "invalid", "id contains unsupported characters");
    this.checkParent(fields, id, parentId);
    fields.check();
    if (this.records.has(id)) {
      throw new Refusal(409, [{ attr: "id", code: "taken", detail: "the topic with specified id already exists" }]);
    }
    this.checkName(name, id);
    const record = { id, name, disabled, ...(parentId === undefined ? {} : { parentId }) };
    this.records.set(id, record);
    this.onChange(undefined, record);
    return record;
  }

  /** `name` must be sent every time. A `parentId` of null or "" moves the topic to the top: how is not documented. */
  update(id: string, fields: Fields): TopicRecord {
    const before = this.get(id);
    const name = fields.text("name", { required: true }) ?? "";
    const disabled = fields.flag("disabled") ?? before.disabled;
    const sent = fields.text("parentId", { nullable: true });
    const parentId = fields.has("parentId") ? sent : before.parentId;
    this.checkParent(fields, id, parentId);
    fields.check();
    this.checkName(name, id);
    const record = { id, name, disabled, ...(parentId === undefined ? {} : { parentId }) };
    this.records.set(id, record);
    this.onChange(before, record);
    return record;
  }

  clear(): void {
    this.records.clear();
  }

  /** Names are unique over all topics, the disabled ones too. */
  private checkName(name: string, id: string): void {
    const other = this.list().find((topic) => topic.name === name && topic.id !== id);
    if (other === undefined) return;
    throw new Refusal(409, [
      { attr: "name", code: "taken", detail: "another topic already has this name", meta: { id: other.id } },
    ]);
  }

  private checkParent(fields: Fields, id: string, parentId: string | undefined): void {
    if (parentId === undefined) return;
    if (!this.records.has(parentId)) fields.error("parentId", "not_exist", "the parent topic does not exist");
    for (let above: string | undefined = parentId; above !== undefined; above = this.records.get(above)?.parentId) {
      if (above !== id) continue;
      fields.error("parentId", "invalid", "a topic cannot be below itself");
      return;
    }
  }
}
