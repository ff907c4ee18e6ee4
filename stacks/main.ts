/**
 * The cdktf app: every environment file becomes one stack with its name, and every AWS account in them becomes one foundation.
 */
import { synthesizeEnvironments } from "../src/index";

void synthesizeEnvironments(`${__dirname}/environments`);
