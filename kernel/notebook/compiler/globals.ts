const ecmascript = `AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date
  Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array
  Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set
  SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray
  WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite
  isNaN parseFloat parseInt undefined unescape`;

const platform = `AbortController AbortSignal AudioContext Blob BroadcastChannel CompressionStream CryptoKey CustomEvent
  DOMException DecompressionStream EventTarget File FileList FileReader FormData Headers Image ImageData MessageChannel
  MessageEvent MessagePort Path2D ReadableStream TextDecoder TextDecoderStream TextEncoder TextEncoderStream
  TransformStream URL URLSearchParams WebAssembly WebSocket Worker WritableStream XMLHttpRequest atob btoa
  crypto devicePixelRatio document navigator observable performance queueMicrotask structuredClone window`;

const timers = `cancelAnimationFrame clearInterval clearTimeout requestAnimationFrame setInterval setTimeout`;

const webgpu = `GPU GPUAdapter GPUAdapterInfo GPUBindGroup GPUBindGroupLayout GPUBuffer GPUBufferUsage GPUCanvasContext
  GPUColorWrite GPUCommandBuffer GPUCommandEncoder GPUComputePassEncoder GPUComputePipeline GPUDevice GPUDeviceLostInfo
  GPUError GPUInternalError GPUMapMode GPUOutOfMemoryError GPUPipelineError GPUPipelineLayout GPUQuerySet GPUQueue
  GPURenderBundle GPURenderBundleEncoder GPURenderPassEncoder GPURenderPipeline GPUSampler GPUShaderModule
  GPUShaderStage GPUSupportedFeatures GPUSupportedLimits GPUTexture GPUTextureUsage GPUTextureView
  GPUUncapturedErrorEvent GPUValidationError`;

const words = (text: string) => text.split(/\s+/);

/**
 * Names of the platform that are never a cell's inputs, and that no cell may define. A platform name that is not
 * listed (`location`, `process`, `name` …) is an input like any other: a cell may define it, and where none does, the
 * host gives the platform's.
 */
export const globals: ReadonlySet<string> = new Set([ecmascript, platform, webgpu].flatMap(words));

/** Names that every run of a cell gets for itself: inputs, but no cell may define them. */
export const ownNames: ReadonlySet<string> = new Set([
  "display",
  "view",
  "console",
  "fetch",
  ...words(timers),
  "$import",
  "$ojs",
  "$load",
]);
