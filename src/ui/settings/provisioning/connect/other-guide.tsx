"use client";

import { CopyField } from "../../../components/copy-field";
import { Step, Steps } from "../../step";
import { useScimConsole } from "../scim-console";
import { TokenCard } from "../token-card";

import { TextLink } from "./entra-guide";
import { reached, stepStates, type Milestone } from "./progress";
import { Sketch, SketchButton, SketchField } from "./sketch";
import type { OtherProvider } from "./other-providers";

const NEEDED: readonly Milestone[] = ["enabled", "called", "provisioned"];

/** The short form for the other identity providers: where the values go there, and what to tick. */
export function OtherGuide({ provider }: { readonly provider: OtherProvider }) {
  const { scim, home, refresh } = useScimConsole();
  const states = stepStates(NEEDED, reached(scim));
  const values: Readonly<Record<"url" | "token", string>> = { url: scim.baseUrl, token: "•".repeat(28) };
  return (
    <Steps label={`Connect ${provider.name}`}>
      <Step
        number={1}
        title="Set up single sign-on, and turn on SCIM provisioning here"
        state={states[0] ?? "later"}
        description={
          scim.enabled ? (
            "Done: Chalkroom takes its calls."
          ) : (
            <>
              Both are needed first. The switch is on the <TextLink href={home}>Overview</TextLink>.
            </>
          )
        }
      />
      <Step
        number={2}
        title={`Paste the values in ${provider.name}`}
        state={states[1] ?? "later"}
        description={provider.where}
      >
        {scim.enabled ? (
          <>
            <CopyField
              label={provider.urlField}
              value={scim.baseUrl}
              hint="Without the ending that Entra needs."
            />
            <TokenCard scim={scim} onChanged={refresh} />
          </>
        ) : null}
        <Sketch
          title={provider.form}
          description={`The form “${provider.form}” of ${provider.name}: ${provider.fields.map((field) => field.name).join(", ")}.`}
        >
          {provider.fields.map((field) => (
            <SketchField
              key={field.name}
              name={field.name}
              value={field.value === "url" || field.value === "token" ? values[field.value] : field.value}
              mono={field.value === "url" || field.value === "token"}
            />
          ))}
          <SketchButton press>{provider.button}</SketchButton>
        </Sketch>
      </Step>
      <Step
        number={3}
        title="Choose what is sent, and assign people"
        state={states[2] ?? "later"}
        description={
          <ul className="flex list-disc flex-col gap-1 pl-4">
            {provider.afterwards.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        }
      />
    </Steps>
  );
}
