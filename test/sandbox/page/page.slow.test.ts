import { describePage } from "./page";

describePage("rest");
