/** Topics can be created, renamed, moved and disabled, but not deleted (docs/vendors/gladly-api.md section 8). */
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

  /** @param onChange called after the API creates or changes a topic */
  constructor(
    private readonly onChange: (before: TopicRecord | undefined, after: TopicRecord) => void = () => undefined,
  ) {}

  list(): readonly TopicRecord[] {
    return [...this.records.values()];
  }

  find(id: string): TopicRecord | undefined {
    return this.records.get(id);
  }

  /** @throws Refusal a 404 with a body */
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

  /** `name` is required in every update. A `parentId` of null or "" moves the topic to the top level (not documented). */
  update(id: string, fields: Fields): TopicRecord {
    const before = this.get(id);
    const name = fields.text("name", { required: true }) ?? "";
    const disabled = fields.flag("disabled") ?? before.disabled;
    const requested = fields.text("parentId", { nullable: true });
    const parentId = fields.has("parentId") ? requested : before.parentId;
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

  /** Names are unique across all topics, including disabled ones. */
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
    for (
      let ancestor: string | undefined = parentId;
      ancestor !== undefined;
      ancestor = this.records.get(ancestor)?.parentId
    ) {
      if (ancestor !== id) continue;
      fields.error("parentId", "invalid", "a topic cannot be below itself");
      return;
    }
  }
}
