// ODK's own form engine, the one that ODK Web Forms runs on, in Node: it asks for a browser's document and nothing else. FormData, File and fetch stay Node's,
// so that what the engine serialises is what goes over the wire.
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';

export type Engine = typeof import('@getodk/xforms-engine');
export type Root = import('@getodk/xforms-engine').RootNode;
export type Node = import('@getodk/xforms-engine').AnyNode;

const lent = ['window', 'document', 'Document', 'Node', 'Element', 'Attr', 'Text', 'DOMParser', 'XMLSerializer'] as const;

let loaded: Promise<Engine> | undefined;

/** Loaded once a process; its parser is WebAssembly that lies in the package itself. */
export function engine(): Promise<Engine> {
  return (loaded ??= (async () => {
    const { window } = new JSDOM('<!doctype html>', { url: 'http://127.0.0.1/' });
    const world = globalThis as unknown as Record<string, unknown>;
    for (const name of lent) world[name] = name === 'window' ? window : (window as unknown as Record<string, unknown>)[name];
    // Its parser was written for CommonJS and looks for these two.
    world.require ??= createRequire(import.meta.url);
    world.__dirname ??= new URL('.', import.meta.url).pathname;
    return import('@getodk/xforms-engine');
  })());
}
