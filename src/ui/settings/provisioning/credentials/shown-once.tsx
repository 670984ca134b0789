"use client";

import { useEffect, useRef } from "react";

import { Button } from "../../../components/button";
import { CopyField } from "../../../components/copy-field";
import { DialogActions } from "../../../components/dialog";
import { CautionNote } from "../../../components/error-note";

/** What a new client or secret has for the other side, with the secret for the only time. Takes the focus from the form. */
export function ShownOnce({
  values,
  secret,
  onDone,
}: {
  readonly values: readonly (readonly [label: string, value: string])[];
  readonly secret: string | null;
  readonly onDone: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label="To copy to the other side"
      className="flex flex-col gap-4 focus-visible:outline-none"
    >
      {values.map(([label, value]) => (
        <CopyField key={label} label={label} value={value} />
      ))}
      {secret === null ? null : (
        <>
          <CopyField label="Client secret" value={secret} />
          <CautionNote>
            The secret is shown this once only. Chalkroom keeps no copy that it could show again.
          </CautionNote>
        </>
      )}
      <DialogActions>
        <Button variant="primary" onClick={onDone}>
          {secret === null ? "Done" : "I have copied it"}
        </Button>
      </DialogActions>
    </div>
  );
}
