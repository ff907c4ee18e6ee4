/** What a pipeline needs of the place where a change is discussed, on GitHub and on GitLab alike. */

export interface Comment {
  readonly id: number;
  readonly body: string;
}

/** A pull request, or a merge request. */
export interface Discussion {
  /** How people call it: `pull request #12`. */
  readonly name: string;
  /** The commit that is discussed now; a review of an older one must not replace a newer one's. */
  head(): Promise<string>;
  /** Those that this pipeline wrote, oldest first. */
  ownComments(): Promise<readonly Comment[]>;
  createComment(body: string): Promise<void>;
  updateComment(id: number, body: string): Promise<void>;
  labels(): Promise<readonly string[]>;
  addLabels(names: readonly string[]): Promise<void>;
  removeLabels(names: readonly string[]): Promise<void>;
}
