/** One number with its labels. */
export interface Sample {
  readonly value: number;
  /** Of a histogram's samples, whose names differ: "_bucket", "_sum" or "_count". */
  readonly suffix?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A metric as Prometheus knows it. Names of counters end in `_total`, units are in the name. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter" | "histogram";
  readonly samples: readonly Sample[];
}

const escapeLabel = (value: string): string =>
  value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');

function sampleLine(name: string, { value, suffix = "", labels = {} }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
  return `${name}${suffix}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`;
}

/** The text exposition format, version 0.0.4. A metric without samples is left out. */
export function toPrometheusText(metrics: readonly Metric[]): string {
  const blocks = metrics
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, type, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map((sample) => sampleLine(name, sample)),
      ].join("\n"),
    );
  return `${blocks.join("\n")}\n`;
}
