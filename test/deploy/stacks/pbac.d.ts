/** The used part of https://github.com/monken/node-pbac, which has no types. */
declare module "pbac" {
  export default class PBAC {
    constructor(policies: readonly unknown[], options: { validateSchema: boolean; validatePolicies: boolean });
    evaluate(call: {
      readonly action: string;
      readonly resource: string;
      readonly context: Readonly<Record<string, Readonly<Record<string, string>>>>;
    }): boolean;
  }
}
