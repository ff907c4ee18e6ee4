/** A small provider that stores notes, for tests of the protocol's calls. */
import { OperationError } from "../../../src/provider/protocol/diagnostics";
import { createLogger } from "../../../src/provider/protocol/log";
import { defineProvider } from "../../../src/provider/protocol/provider";
import { defineDataSource, defineResource } from "../../../src/provider/protocol/resource";
import { createCalls } from "../../../src/provider/protocol/rpc/calls";
import { encode } from "../../../src/provider/protocol/rpc/dynamic";
import { Session } from "../../../src/provider/protocol/rpc/session";
import { nestedList, string } from "../../../src/provider/protocol/schema/attributes";
import { timeouts } from "../../../src/provider/protocol/schema/timeouts";
import { nonEmpty } from "../../../src/provider/protocol/schema/validator";
import type { Value } from "../../../src/provider/protocol/values/value";

export const noteAttributes = {
  id: string({ computed: true, changesWith: [], description: "id" }),
  text: string({ required: true, description: "text", validators: [nonEmpty()] }),
  secret: string({ optional: true, writeOnly: true, description: "secret" }),
  lines: nestedList(
    { word: string({ required: true, description: "word", validators: [nonEmpty()] }) },
    { optional: true, description: "lines" },
  ),
  timeouts: timeouts("1m"),
};
const EMPTY = { id: null, text: null, secret: null, lines: null, timeouts: null };

export interface Notes {
  readonly written: { text: string; secret: string | null; timeout: number | undefined }[];
}

/** The provider before it is configured. */
export function setUp() {
  const notes: Notes = { written: [] };
  const note = defineResource<typeof noteAttributes, Notes>({
    type: "notes_note",
    version: 2,
    description: "a note",
    attributes: noteAttributes,
    validate: ({ text, lines }, report) => {
      if (text === "cross" && lines === null) report.error("Crossed", "A cross needs lines.", [{ attribute: "lines" }]);
    },
    async create(desired, { client, timeout, created }) {
      client.written.push({ text: desired.text, secret: desired.secret, timeout });
      if (desired.text === "before") throw new OperationError("Refused", "before anything was made");
      created({ id: "n1" });
      if (desired.text === "after") throw new OperationError("Refused", "after it was made", [{ attribute: "text" }]);
      if (desired.text === "broken") throw new TypeError("a fault of ours");
      return { ...desired, id: "n1" };
    },
    read: async (state) => (state.id === "gone" ? undefined : state),
    async update(desired, prior, { client }) {
      if (desired.text === "refused") throw new OperationError("Refused", "the update");
      client.written.push({ text: desired.text, secret: desired.secret, timeout: undefined });
      return { ...desired, id: prior.id };
    },
    async delete(state) {
      if (state.text === "kept") throw new OperationError("Refused", "the delete");
    },
    import: async (id) => ({ id }),
    upgrade: {
      0: ({ body, ...rest }) => ({ ...rest, content: body ?? null }),
      1: ({ content, ...rest }) => ({ ...rest, text: content ?? null }),
    },
  });
  const search = defineDataSource({
    type: "notes_search",
    description: "finds notes",
    attributes: {
      query: string({ required: true, description: "query" }),
      found: string({ computed: true, description: "found" }),
    },
    read: async ({ query }, _context: { client: Notes }) => ({ query: "another spelling", found: query.toUpperCase() }),
  });
  const provider = defineProvider<{ strict: ReturnType<typeof string> }, Notes>({
    name: "notes",
    version: "1.0.0",
    address: "registry.terraform.io/test/notes",
    description: "notes",
    attributes: { strict: string({ optional: true, description: "strict", validators: [nonEmpty()] }) },
    configure: async (config, { report }) => {
      if (config.strict === undefined) report.error("Not known yet", "strict", [{ attribute: "strict" }]);
      return config.strict === undefined ? undefined : notes;
    },
    resources: [note],
    dataSources: [search],
  });
  const logged: string[] = [];
  const session = new Session(
    provider,
    createLogger("test", "trace", (line) => void logged.push(line)),
  );
  return { notes, logged, session, calls: createCalls(session) };
}

/** The configured provider. */
export async function configured() {
  const setup = setUp();
  await setup.calls.configureProvider({
    terraformVersion: "1.11.4",
    config: encode({ strict: null }),
    clientCapabilities: CAPABLE,
  });
  return setup;
}

export const CAPABLE = { deferralAllowed: false, writeOnlyAttributesAllowed: true };
export const note = (changes: Record<string, Value>) => ({ ...EMPTY, ...changes });
export const applyRequest = (
  prior: Record<string, Value> | null,
  planned: Record<string, Value> | null,
  config: Record<string, Value> | null,
) => ({
  typeName: "notes_note",
  priorState: encode(prior),
  plannedState: encode(planned),
  config: encode(config),
  plannedPrivate: Buffer.from("p"),
  plannedIdentity: undefined,
  providerMeta: undefined,
});
