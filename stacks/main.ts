/**
 * The cdktf app: every environment file becomes one stack of its name, and every AWS account that they name one
 * foundation.
 */
import { synthesizeEnvironments } from "../src/index";

void synthesizeEnvironments(`${__dirname}/environments`);
