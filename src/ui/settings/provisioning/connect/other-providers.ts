export interface OtherProvider {
  readonly id: "okta" | "onelogin" | "jumpcloud";
  readonly name: string;
  /** The way to the form, in the words of the provider's console. */
  readonly where: string;
  readonly form: string;
  readonly urlField: string;
  /** "url" and "token" stand for the workspace's own values. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly button: string;
  readonly afterwards: readonly string[];
}

export const OTHER_PROVIDERS: readonly OtherProvider[] = [
  {
    id: "okta",
    name: "Okta",
    where:
      "In the Okta admin console open your SAML application, General, and choose SCIM under “Provisioning”. Then open the tab Provisioning, Integration, and press Edit.",
    form: "SCIM Connection",
    urlField: "SCIM connector base URL",
    fields: [
      { name: "SCIM connector base URL", value: "url" },
      { name: "Unique identifier field", value: "userName" },
      { name: "Authentication Mode", value: "HTTP Header" },
      { name: "Authorization", value: "token" },
    ],
    button: "Test Connector Configuration",
    afterwards: [
      "As supported actions tick Push New Users, Push Profile Updates and Push Groups.",
      "Under “To App” enable Create Users, Update User Attributes and Deactivate Users. Leave Sync Password off: Chalkroom never stores one.",
      "Assign people under Assignments; push groups under Push Groups. Okta sends changes at once.",
    ],
  },
  {
    id: "onelogin",
    name: "OneLogin",
    where:
      "In OneLogin add the application “SCIM Provisioner with SAML (SCIM v2 Enterprise)” and open its Configuration.",
    form: "API Connection",
    urlField: "SCIM Base URL",
    fields: [
      { name: "SCIM Base URL", value: "url" },
      { name: "SCIM Bearer Token", value: "token" },
      { name: "API Status", value: "Enable" },
    ],
    button: "Enable",
    afterwards: [
      "Under Provisioning tick “Enable provisioning”. For users who are deleted in OneLogin choose Suspend: they come back as they were.",
      "Under Parameters map scimusername to the e-mail or user name by which people sign in.",
      "Groups follow rules: add a rule “Set Groups” for the roles or departments that should become groups here.",
    ],
  },
  {
    id: "jumpcloud",
    name: "JumpCloud",
    where:
      "In the JumpCloud admin portal open your SAML application, Identity Management, and choose the type SCIM 2.0.",
    form: "Configuration settings",
    urlField: "Base URL",
    fields: [
      { name: "SCIM Version", value: "SCIM 2.0" },
      { name: "Base URL", value: "url" },
      { name: "Token Key", value: "token" },
      { name: "Test User Email", value: "an address of yours" },
    ],
    button: "Test Connection",
    afterwards: [
      "JumpCloud's test makes the person with that address, changes and deactivates them. Take an address that is no member yet.",
      "Turn on group management if JumpCloud's user groups should become groups here.",
      "Save with “Activate”, then bind user groups to the application.",
    ],
  },
];
