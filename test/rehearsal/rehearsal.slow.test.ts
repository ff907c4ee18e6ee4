/** A short form of `npm run rehearse`: deploy everything, get a survey through it, and destroy everything. */
import { awsProviderMirror, VERSION } from "../acceptance/aws/aws-provider";
import { describeIf } from "../support/optional";
import { EMULATOR_HOW, emulatorFound } from "./emulator";
import { firstSteps } from "./first-steps";
import { lastSteps } from "./later-steps";
import { LONG } from "./other-environment";
import { rehearse } from "./rehearse";
import { isTlsPossible } from "./tls-front";
import { World } from "./world";

const withProvider = describeIf(
  awsProviderMirror(),
  `the AWS provider ${VERSION}`,
  "set RELAY_AWS_PROVIDER to a filesystem mirror, made by `terraform providers mirror <folder>`",
);
const withEmulator = describeIf(isTlsPossible && emulatorFound(), "an AWS emulator on Linux", EMULATOR_HOW);

const body = () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world.remove());

  it("deploys, gets a survey and destroys, with only calls that the roles allow", async () => {
    const log: string[] = [];
    const options = { tell: (line: string) => log.push(line), other: LONG, whole: false };
    await rehearse(world, [...firstSteps, ...lastSteps({})], options).finally(() =>
      process.stdout.write(`${log.join("\n")}\n`),
    );
  });
};

(awsProviderMirror() === undefined ? withProvider : withEmulator)("a rehearsal of AWS on this machine", body);
