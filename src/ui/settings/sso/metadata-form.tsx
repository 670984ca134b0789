"use client";

import { useMutation } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRef, useState, type ChangeEvent } from "react";

import { Button } from "../../components/button";
import { ErrorNote } from "../../components/error-note";
import { TextArea } from "../../components/text-area";
import { TextField } from "../../components/text-field";
import { useToast } from "../../components/toast";
import { useWorkspace } from "../../frame/workspace-context";
import { useTRPC, type SamlSettings } from "../../trpc/client";
import { errorText } from "../../trpc/error-text";

import { MetadataReview } from "./metadata-review";

/** Entra's file has about 40 kB; what is far larger is some other file. */
const MAX_BYTES = 1_000_000;

export interface MetadataFormProps {
  readonly connection: SamlSettings["connection"];
  readonly onSaved: () => Promise<void>;
  readonly onCancel?: () => void;
}

/** Fetch, upload or paste the identity provider's metadata, look at what was read, then save. */
export function MetadataForm({ connection, onSaved, onCancel }: MetadataFormProps) {
  const { slug } = useWorkspace();
  const trpc = useTRPC();
  const toast = useToast();
  const picker = useRef<HTMLInputElement>(null);
  const [address, setAddress] = useState("");
  const [xml, setXml] = useState("");
  const [fileProblem, setFileProblem] = useState<string>();
  const review = useMutation(trpc.saml.review.mutationOptions());
  const save = useMutation(
    trpc.saml.save.mutationOptions({
      onSuccess: async () => {
        await onSaved();
        toast({ text: "Single sign-on was saved. Try it in a private window before you tell people." });
      },
    }),
  );

  const fetchXml = useMutation(
    trpc.saml.fetchMetadata.mutationOptions({
      onSuccess: ({ metadataXml }) => {
        change(metadataXml);
        review.mutate({ workspaceSlug: slug, metadataXml });
      },
    }),
  );

  const change = (text: string) => {
    setXml(text);
    setFileProblem(undefined);
    fetchXml.reset();
    review.reset();
    save.reset();
  };
  const readFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    // The same file can then be chosen again after it was changed.
    event.target.value = "";
    if (!file) return;
    if (file.size > MAX_BYTES) {
      setFileProblem(`“${file.name}” is larger than 1 MB, so it is not the metadata file. Nothing was read.`);
      return;
    }
    const text = await file.text();
    change(text);
    review.mutate({ workspaceSlug: slug, metadataXml: text });
  };

  if (review.data) {
    return (
      <MetadataReview
        review={review.data}
        connection={connection}
        pending={save.isPending}
        error={save.error ? errorText(save.error) : undefined}
        onSave={() => save.mutate({ workspaceSlug: slug, metadataXml: xml })}
        onBack={() => review.reset()}
      />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          fetchXml.mutate({ workspaceSlug: slug, url: address });
        }}
      >
        <TextField
          label="App Federation Metadata Url"
          type="url"
          required
          maxLength={2048}
          autoComplete="off"
          placeholder="https://login.microsoftonline.com/…"
          value={address}
          error={fetchXml.error ? errorText(fetchXml.error) : undefined}
          onChange={(event) => {
            setAddress(event.target.value);
            fetchXml.reset();
          }}
        />
        <Button type="submit" className="self-start" pending={fetchXml.isPending || review.isPending}>
          Read from this address
        </Button>
      </form>
      <div>
        <p className="mb-2 text-sm text-ink-soft">Or bring the file “Federation Metadata XML”.</p>
        <input
          ref={picker}
          type="file"
          accept=".xml,application/xml,text/xml,application/samlmetadata+xml"
          aria-label="Federation Metadata XML file"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => void readFile(event)}
        />
        <Button onClick={() => picker.current?.click()}>
          <Upload size={16} strokeWidth={1.75} aria-hidden />
          Upload XML file
        </Button>
      </div>
      <TextArea
        label="Or paste the XML"
        rows={5}
        spellCheck={false}
        autoCapitalize="off"
        className="font-mono text-xs"
        placeholder="<EntityDescriptor …"
        value={xml}
        onChange={(event) => change(event.target.value)}
      />
      {fileProblem ? <ErrorNote>{fileProblem}</ErrorNote> : null}
      {review.error ? <ErrorNote>{errorText(review.error)}</ErrorNote> : null}
      <div className="flex gap-2">
        <Button
          variant="primary"
          disabled={xml.trim() === ""}
          pending={review.isPending}
          onClick={() => review.mutate({ workspaceSlug: slug, metadataXml: xml })}
        >
          Review metadata
        </Button>
        {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
      </div>
    </div>
  );
}
