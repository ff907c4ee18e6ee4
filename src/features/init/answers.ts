/** What `relay init` needs to know about a company, from options or from questions on a terminal. */
import { createInterface } from "node:readline/promises";
import { CommandError, type Invocation, stringOption } from "../../cli/command";

interface Question {
  /** The option with the same answer. */
  readonly option: string;
  readonly text: string;
  readonly example: string;
  readonly pattern: RegExp;
  /** Shown for an invalid answer. */
  readonly expected: string;
}

/** In this order. */
const QUESTIONS = {
  company: {
    option: "company",
    text: "Name of your company",
    example: "Example",
    pattern: /\S/,
    expected: "a name",
  },
  account: {
    option: "account",
    text: "AWS account of production, 12 digits. Leave empty for the sandbox alone",
    example: "444455556666",
    pattern: /^\d{12}$/,
    expected: "12 digits",
  },
  stagingAccount: {
    option: "staging-account",
    text: "AWS account of staging",
    example: "111122223333",
    pattern: /^\d{12}$/,
    expected: "12 digits",
  },
  region: {
    option: "region",
    text: "AWS Region",
    example: "us-east-1",
    pattern: /^[a-z]{2}(-[a-z]+)+-\d$/,
    expected: "a Region such as us-east-1",
  },
  gladlyUrl: {
    option: "gladly-url",
    text: "Address of your Gladly organization",
    example: "https://example.gladly.com",
    pattern: /^https:\/\/[^/\s"]+$/,
    expected: "an address such as https://example.gladly.com, without a path",
  },
  gladlyStagingUrl: {
    option: "gladly-staging-url",
    text: "Address of your Gladly sandbox organization",
    example: "https://example.gladly.qa",
    pattern: /^https:\/\/[^/\s"]+$/,
    expected: "an address such as https://example.gladly.qa, without a path",
  },
  gladlyUser: {
    option: "gladly-user",
    text: "E-mail address of the Gladly user that owns the API token",
    example: "survey-relay@example.com",
    pattern: /^[^\s@"]+@[^\s@"]+$/,
    expected: "an e-mail address",
  },
  email: {
    option: "email",
    text: "E-mail address that gets the alarms",
    example: "survey-team@example.com",
    pattern: /^[^\s@"]+@[^\s@"]+$/,
    expected: "an e-mail address",
  },
  repository: {
    option: "repository",
    text: "GitHub repository that deploys, as owner/name",
    example: "example/customer-surveys",
    pattern: /^[\w.-]+\/[\w.-]+$/,
    expected: "owner/name",
  },
} as const satisfies Readonly<Record<string, Question>>;

/** A company's answers. Missing answers have the values of the samples. Without `account` there is only the sandbox. */
export type InitAnswers = Readonly<Record<Exclude<keyof typeof QUESTIONS, "account">, string>> & {
  readonly account?: string;
};

export const ANSWER_OPTIONS = Object.fromEntries(
  Object.values(QUESTIONS).map(({ option }) => [option, { type: "string" as const }]),
);

/** Asks one question and returns the typed answer. */
export type Ask = (text: string) => Promise<string>;

/**
 * @param ask undefined without a terminal
 * @throws CommandError if an option's value is invalid
 */
export async function readAnswers(invocation: Invocation, ask: Ask | undefined): Promise<InitAnswers> {
  const given = new Map<string, string>();
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const value = stringOption(invocation, question.option);
    if (value !== undefined && !question.pattern.test(value)) {
      throw new CommandError(`--${question.option} takes ${question.expected}, not "${value}".`);
    }
    // The questions after the account are about AWS and real Gladly organizations.
    const skipped = name !== "company" && name !== "account" && !given.has("account");
    const answer = value ?? (ask === undefined || skipped ? "" : await askUntilValid(question, ask));
    if (answer !== "") given.set(name, answer);
  }
  const or = (name: keyof typeof QUESTIONS) => given.get(name) ?? QUESTIONS[name].example;
  const account = given.get("account");
  return {
    company: or("company"),
    stagingAccount: given.get("stagingAccount") ?? account ?? QUESTIONS.stagingAccount.example,
    region: or("region"),
    gladlyUrl: or("gladlyUrl"),
    gladlyStagingUrl: or("gladlyStagingUrl"),
    gladlyUser: or("gladlyUser"),
    email: or("email"),
    repository: or("repository"),
    ...(account === undefined ? {} : { account }),
  };
}

/** An empty answer means the value of the samples. */
async function askUntilValid({ text, example, pattern, expected }: Question, ask: Ask): Promise<string> {
  for (let prompt = `${text} [${example}]: `; ; prompt = `Please give ${expected}: `) {
    const answer = (await ask(prompt)).trim();
    if (answer === "" || pattern.test(answer)) return answer;
  }
}

/** Asks on standard error, because standard output is for results. */
export async function withQuestions<T>(use: (ask: Ask) => Promise<T>): Promise<T> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await use((text) => lines.question(text));
  } finally {
    lines.close();
  }
}
