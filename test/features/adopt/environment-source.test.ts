import { withSettings } from "../../../src/features/adopt/environment-source";

const direct = { path: ["delivery"], code: '"direct"' } as const;
const name = { path: ["webhook", "name"], code: '"Surveys"' } as const;
const adopted = {
  path: ["adopted"],
  code: '{\n  topic: { id: "t" },\n}',
  comment: "Made by hand.\nTaken over.",
} as const;

const edited = (source: string, ...settings: Parameters<typeof withSettings>[1]) =>
  withSettings(source, settings, "staging.ts");

describe("an environment file", () => {
  it("is changed only where the settings are", () => {
    const source = `/** Staging. */
export default {
  name: 'staging', // as ever
  delivery : "enrich", /* soon "direct" */
  webhook: { name: \`Send Stella Survey\`, passwordVersion: 1 },
  // The last word.
} satisfies EnvironmentInput;
`;
    expect(edited(source, direct, name, adopted)).toBe(`/** Staging. */
export default {
  name: 'staging', // as ever
  delivery : "direct", /* soon "direct" */
  webhook: { name: "Surveys", passwordVersion: 1 },

  // Made by hand.
  // Taken over.
  adopted: {
    topic: { id: "t" },
  },
  // The last word.
} satisfies EnvironmentInput;
`);
  });

  it("gets missing settings in its own layout", () => {
    expect(edited("export default { name: 'a' };", direct, name)).toBe(
      `export default { name: 'a', delivery: "direct", webhook: { name: "Surveys" } };`,
    );
    expect(edited("export default {};", direct)).toBe('export default { delivery: "direct" };');
    expect(edited("export default {\n\tname: 'a', // why\n};", direct)).toBe(
      `export default {\n\tname: 'a', // why\n\tdelivery: "direct",\n};`,
    );
    expect(edited("export default {\r\n  name: 'a' /* b, c */,\r\n};", direct)).toBe(
      `export default {\r\n  name: 'a' /* b, c */,\r\n  delivery: "direct",\r\n};`,
    );
    expect(edited("export default {\n  name: 'a'\n};", direct)).toBe(
      `export default {\n  name: 'a',\n  delivery: "direct",\n};`,
    );
    expect(edited("export default {\n  webhook: {\n    passwordVersion: 1,\n  },\n};", name)).toBe(
      `export default {\n  webhook: {\n    passwordVersion: 1,\n    name: "Surveys",\n  },\n};`,
    );
  });

  it("can export a constant, and can quote a setting's name", () => {
    const source = `const staging = ({ "delivery": "enrich" }) as const;\nexport default staging;\n`;
    expect(edited(source, direct)).toBe(source.replace('"enrich"', '"direct"'));
  });

  it.each([
    ["exports nothing", "const a = {};", /staging\.ts cannot be edited: it has no `export default`/],
    ["exports a call", "export default make({});", /what it exports is not an object that is written there/],
    ["spreads another object", "export default {\n ...base };", /staging\.ts:2 .*`\.\.\.base` may hold settings/],
    ["computes the setting", "export default { delivery: live ? 'a' : 'b' };", /delivery is computed: `live \? 'a'/],
    ["has it from a variable", "export default { delivery };", /delivery is not written as `delivery: <value>`/],
    ["has it twice", "export default { delivery: 'a', delivery: 'b' };", /delivery is there twice/],
  ])("that %s is not changed, with a message", (_what, source, message) => {
    expect(() => edited(source, direct)).toThrow(message);
  });

  it("whose webhook is not an object is not changed either", () => {
    expect(() => edited("export default { webhook: here };", name)).toThrow(/webhook is not written as an object/);
  });
});
