"use client";

import clsx from "clsx";
import { useId, type ComponentProps } from "react";

import { CONTROL, describedBy, Field, type FieldText } from "./field";

export type TextAreaProps = Omit<ComponentProps<"textarea">, "id"> & FieldText;

/** A labelled field of several lines. */
export function TextArea({ label, hint, error, className, ...rest }: TextAreaProps) {
  const id = useId();
  const text = { label, hint, error };
  return (
    <Field id={id} {...text}>
      <textarea
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, text)}
        className={clsx(CONTROL, "resize-y py-2", className)}
      />
    </Field>
  );
}
