import { freshTarget } from "./connect";
import { provisioningSuite } from "./suites/provisioning";

provisioningSuite({ freshTarget }, { users: 40, groups: 5, everyCombination: false });
