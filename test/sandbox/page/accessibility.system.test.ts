import { EVERYDAY_LOOKS } from "../../page/axe";
import { describePages } from "./accessibility";

describePages(EVERYDAY_LOOKS);
