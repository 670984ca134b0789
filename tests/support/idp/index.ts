export { buildResponse, newXmlId, type ResponseOptions, type TestPerson } from "./build-response";
export { idpMetadataXml } from "./idp-metadata";
export { certificateBody, makeSigningKey, type SigningKey } from "./self-signed";
export { readAuthnRequest, startTestIdp, type TestIdp } from "./test-idp";
export { newPerson } from "./person";
