/**
 * Tracks which resource of this run owns which object in Gladly. Terraform applies resources in parallel, and they do not know
 * each other, so two could take over one topic, or one could disable a topic that another has just taken over.
 *
 * It covers one provider process: a run of Terraform with one provider configuration.
 */
import { OperationError } from "../protocol/diagnostics";
import { attributePath } from "../protocol/values/path";

/** The attribute by which an object in Gladly is claimed: its id, or another one that is unique in the organization. */
type UniqueAttribute = "id" | "name" | "url";

export class Owners {
  private readonly owners = new Map<string, string>();
  private readonly seen = new Set<string>();

  /**
   * Claims an object for one resource of this run.
   *
   * @param owner a description of the resource, such as `the topic "Damaged box"`
   * @returns a function that releases the claim, for a resource that could not use it
   * @throws OperationError if another resource of this run has it
   */
  claim(type: string, mark: UniqueAttribute, value: string, owner: string): () => void {
    const key = `${type} ${mark} ${value}`;
    const other = this.owners.get(key);
    if (other !== undefined) {
      throw new OperationError(
        "Two resources for one object in Gladly",
        `Another ${type} resource in this run (${other}) already manages the object with the ${mark} "${value}". Terraform does not tell the provider its address: search the configuration for this ${mark}. Remove one of the two resources, or give it another ${mark === "id" ? "name" : mark}.`,
        mark === "id" ? undefined : attributePath(mark),
      );
    }
    this.owners.set(key, owner);
    return () => void this.owners.delete(key);
  }

  /** Runs work that needs several claims at once, and releases them if it fails. */
  async holding<T>(
    type: string,
    marks: Partial<Record<UniqueAttribute, string>>,
    owner: string,
    work: () => Promise<T>,
  ): Promise<T> {
    const releases: (() => void)[] = [];
    try {
      for (const mark of ["id", "name", "url"] as const) {
        const value = marks[mark];
        if (value !== undefined) releases.push(this.claim(type, mark, value, owner));
      }
      return await work();
    } catch (error) {
      for (const release of releases) release();
      throw error;
    }
  }

  /** The resource that claimed the id in this run. */
  ownerOf(type: string, id: string): string | undefined {
    return this.owners.get(`${type} id ${id}`);
  }

  /** Whether another resource of this run was read, or imported, with the same id. */
  readTwice(type: string, id: string): boolean {
    const key = `${type} ${id}`;
    if (this.seen.has(key)) return true;
    this.seen.add(key);
    return false;
  }
}
