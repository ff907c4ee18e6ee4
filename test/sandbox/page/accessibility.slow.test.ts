import { EVERYDAY_LOOKS, LOOKS } from "../../page/axe";
import { describePages } from "./accessibility";

describePages(LOOKS.filter((look) => !EVERYDAY_LOOKS.includes(look)));
