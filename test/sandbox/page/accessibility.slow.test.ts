import { LOOKS, SHORT_LOOKS } from "../../page/axe";
import { describePages } from "./accessibility";

describePages(LOOKS.filter((look) => !SHORT_LOOKS.includes(look)));
