/** The README of a company's repository: its contents, and the everyday commands. */
import type { InitAnswers } from "./answers";

const DOCS = "node_modules/gladly-stella-relay/docs";

export function readmeOf({ company, account }: InitAnswers): string {
  return `# Customer surveys of ${company}

The integration of Gladly and Stella Connect as code, made with
[gladly-stella-relay](node_modules/gladly-stella-relay/README.md). Each file in \`stacks/environments\` is one environment.

\`\`\`sh
npm install
npx relay tour                     # everything on this machine, with the real Terraform
npx relay --help                   # every command
npx relay review <environment>     # what a change means for customers
npx cdktf plan <environment>
npx cdktf apply <environment>
npx relay drift                    # differences between the code, Gladly and AWS
\`\`\`

${
  account === undefined
    ? "So far there is only the sandbox. `npx relay init --account <AWS account> …` adds staging and production."
    : `\`staging\` and \`production\` run on AWS. Set up each account once: \`${DOCS}/aws.md\`. Then follow
\`${DOCS}/going-live.md\`.`
}

The workflows in \`.github/workflows\` plan and review pull requests. \`${DOCS}/pipelines.md\` explains how to set them up.

To upgrade, run \`npm install gladly-stella-relay@<version>\` and \`npx relay upgrade\`, then plan every environment and read the review.
`;
}
