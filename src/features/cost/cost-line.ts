/** One line of the bill. */
export interface CostLine {
  readonly part: string;
  /** Dollars a month. */
  readonly dollars: number;
  /** How it was worked out. */
  readonly how: string;
}
