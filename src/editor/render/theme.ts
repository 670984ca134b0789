import type { HueTones, Theme } from "#editor/shapes/theme";

const tones = (fill: string, note: string, stroke: string, text: string): HueTones => ({
  fill,
  note,
  stroke,
  text,
});
const fontFamily = '"Inter Variable", Inter, system-ui, sans-serif';

export const LIGHT_THEME: Theme = {
  name: "light",
  paper: "#f7f7f4",
  surface: "#ffffff",
  line: "#e4e3df",
  lineStrong: "#8f8c85",
  ink: "#1f1e1b",
  inkSoft: "#6b6963",
  accent: "#1d6f5a",
  onAccent: "#ffffff",
  fontFamily,
  hues: {
    gray: tones("#f1f0ec", "#dcd9cf", "#787566", "#37352f"),
    red: tones("#ffebe9", "#ffcac5", "#bc4945", "#562421"),
    orange: tones("#ffece0", "#ffcdad", "#b05a00", "#522907"),
    yellow: tones("#f8f0d6", "#fbe39b", "#a28300", "#423400"),
    green: tones("#e0f7e4", "#acebb8", "#0e8c41", "#124020"),
    teal: tones("#daf8f3", "#96ece0", "#00877c", "#003f39"),
    blue: tones("#e5f2ff", "#bdddff", "#1577c8", "#12375a"),
    violet: tones("#f1edff", "#dbd2ff", "#7c5ec2", "#392c57"),
    pink: tones("#ffe9f3", "#ffc6e0", "#b24981", "#51233b"),
  },
};

export const DARK_THEME: Theme = {
  name: "dark",
  paper: "#161615",
  surface: "#1f1f1d",
  line: "#33322f",
  lineStrong: "#77746d",
  ink: "#ecebe7",
  inkSoft: "#a3a099",
  accent: "#63c7aa",
  onAccent: "#10241e",
  fontFamily,
  hues: {
    gray: tones("#2c2b28", "#494841", "#a29f91", "#eeede9"),
    red: tones("#3d2321", "#6a3633", "#e47c75", "#ffe6e4"),
    orange: tones("#3b2617", "#663c1c", "#dc8748", "#fee8da"),
    yellow: tones("#322b13", "#56460d", "#bb9b2a", "#f4edd7"),
    green: tones("#1c3121", "#265331", "#5cb572", "#dff3e2"),
    teal: tones("#14312e", "#08534c", "#23b6a8", "#daf3ef"),
    blue: tones("#1c2d3f", "#254a6e", "#5aa3ec", "#e0efff"),
    violet: tones("#2d273d", "#4b3f6c", "#a58de6", "#eee9ff"),
    pink: tones("#3a232e", "#65364d", "#da7baa", "#fee5f0"),
  },
};
