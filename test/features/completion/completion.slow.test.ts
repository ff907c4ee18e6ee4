import { describeCompletion } from "./completion";

describeCompletion(false);
