import { SHORT_LOOKS } from "../../page/axe";
import { describePages } from "./accessibility";

describePages(SHORT_LOOKS);
