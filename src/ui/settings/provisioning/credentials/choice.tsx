"use client";

import { useId } from "react";

import { Field } from "../../../components/field";
import { Select } from "../../../components/select";

export interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A select under its label. */
export function Choice({ label, hint, options, value, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <Field id={id} label={label} {...(hint ? { hint } : {})}>
      <Select
        id={id}
        options={options}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
