export function findChromium(): Promise<string | null>;
export function findOrInstallChromium(options?: { readonly say?: (line: string) => void }): Promise<string>;
