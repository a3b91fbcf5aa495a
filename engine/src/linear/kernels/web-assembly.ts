// The part of WebAssembly's JavaScript interface that the kernels use: neither the DOM's types nor Node's are in this package.

export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

export type WasmModule = object;

interface WasmInterface {
  readonly Memory: new (shape: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** undefined where there is none, or no memory that threads can share. */
export const findWebAssembly = (): WasmInterface | undefined =>
  typeof SharedArrayBuffer === 'undefined'
    ? undefined
    : (globalThis as { readonly WebAssembly?: WasmInterface }).WebAssembly;
