/** What a pipeline needs from a pull request on GitHub or a merge request on GitLab. */

export interface Comment {
  readonly id: number;
  readonly body: string;
}

/** A pull request, or a merge request. */
export interface Discussion {
  /** For messages, such as `pull request #12`. */
  readonly name: string;
  /** The newest commit. A review of an older commit must not replace its review. */
  head(): Promise<string>;
  /** Comments that this pipeline wrote, oldest first. */
  ownComments(): Promise<readonly Comment[]>;
  createComment(body: string): Promise<void>;
  updateComment(id: number, body: string): Promise<void>;
  labels(): Promise<readonly string[]>;
  addLabels(names: readonly string[]): Promise<void>;
  removeLabels(names: readonly string[]): Promise<void>;
}
