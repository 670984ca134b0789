export { answerAcs, answerLogin } from "./answer-acs";
export { answerMetadata } from "./answer-metadata";
export { findConnection, saveConnection, updateConnection } from "./manage-connection";
export { serviceProviderUrls } from "./service-provider";
