/**
 * Collects young garbage, at a moment when nearly all of it is dead, before V8 takes it for something that lasts. It takes a
 * millisecond. Only where node was started with `--expose-gc`, as `npm start` does; elsewhere memory is collected later.
 */
export function sweep(): void {
  globalThis.gc?.({ type: 'minor' });
}
