import { expect, it } from "vitest";

import { toPrometheusText } from "./prometheus";

it("metrics have help, type, escaped labels and a line end after each sample", () => {
  const text = toPrometheusText([
    { name: "a_total", help: "All of a.", type: "counter", samples: [{ value: 2 }] },
    {
      name: "b",
      help: "Some b.",
      type: "gauge",
      samples: [{ value: 0.5, labels: { state: 'in"\\\nside' } }],
    },
    { name: "c", help: "None.", type: "gauge", samples: [] },
  ]);
  expect(text).toBe(
    '# HELP a_total All of a.\n# TYPE a_total counter\na_total 2\n# HELP b Some b.\n# TYPE b gauge\nb{state="in\\"\\\\\\nside"} 0.5\n',
  );
});
