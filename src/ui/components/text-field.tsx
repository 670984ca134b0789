"use client";

import clsx from "clsx";
import { useId, type ComponentProps } from "react";

import { CONTROL, describedBy, Field, type FieldText } from "./field";

export type TextFieldProps = Omit<ComponentProps<"input">, "id"> & FieldText;

/** A labelled one-line field. */
export function TextField({ label, hint, error, className, ...rest }: TextFieldProps) {
  const id = useId();
  const text = { label, hint, error };
  return (
    <Field id={id} {...text}>
      <input
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, text)}
        className={clsx(CONTROL, "h-8 pointer-coarse:h-9 pointer-coarse:text-lg", className)}
      />
    </Field>
  );
}
