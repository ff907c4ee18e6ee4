/** The output of `relay` without a command: the next steps in this project. */
import { existsSync } from "node:fs";
import type { Terminal } from "../../cli/command";
import { factsText } from "../../cli/table";
import { environmentsFolder, projectRoot } from "../../contract/locations";
import { type Environment, homeFiles, homeOf, isOnAws, loadEnvironments, localAddresses } from "../../environment";
import { isAnswering } from "../shared/open-relay";

type Step = readonly [command: string, purpose: string];

const ALL = "\n`relay --help` lists every command.\n";

/** @throws EnvironmentFaults if an environment file is invalid: fixing it is the next step */
export async function nextSteps(terminal: Terminal): Promise<string> {
  const folder = environmentsFolder(terminal.env);
  if (!existsSync(folder)) {
    const steps: readonly Step[] = [
      ["npx relay init surveys", "creates a project in the folder surveys"],
      ["npx relay init --yes", "creates a project in this folder"],
    ];
    return `This folder is not in a project: there is no stacks/environments.\n\nNext\n${factsText(steps, terminal)}${ALL}`;
  }
  const environments = loadEnvironments(folder);
  const steps = (await Promise.all(environments.map((each) => stepsFor(each, terminal)))).flat();
  const names = environments.map(({ name }) => name).join(", ");
  return `${projectRoot()}\nEnvironments: ${names}\n\nNext\n${factsText(steps, terminal)}${ALL}`;
}

async function stepsFor(environment: Environment, { env }: Terminal): Promise<readonly Step[]> {
  const { name, surveyMode } = environment;
  if (isOnAws(environment)) {
    const live = surveyMode === "production";
    return [
      [`npx relay review ${name}`, "shows what the next apply changes for customers"],
      live
        ? [`npx relay drift ${name}`, "shows what was changed outside of Terraform"]
        : [`npx relay readiness ${name}`, "shows what is missing before surveys go to customers"],
    ];
  }
  const addresses = localAddresses(name, env);
  if (name === "sandbox" && !(await isAnswering(addresses.gladly))) {
    return [
      ["npx relay tour", "shows everything on this machine, then ends"],
      ["npx relay sandbox", "starts Gladly and Stella Connect on this machine"],
    ];
  }
  if (!(await isAnswering(addresses.operations)))
    return [[`npx relay serve ${name}`, "starts the relay on this machine"]];
  if (!existsSync(homeFiles.state(homeOf(name, env)))) {
    return [[`npx cdktf apply ${name}`, "creates the webhook and the topic, and configures the relay"]];
  }
  return [
    [`npx relay drift ${name}`, "shows what was changed outside of Terraform"],
    [`npx relay explain <conversation> -e ${name}`, "shows why a survey was or was not sent"],
  ];
}
