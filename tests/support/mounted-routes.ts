import { afterAll, beforeAll } from '@jest/globals';
import { Router } from 'express';

type Path = Parameters<Router['route']>[0];
type Mounted = { path: string; route?: { methods: Record<string, boolean> }; router?: Router };

/**
 * Every address that an app made after this answers at, as Express was told: `get /claims/:reference`. Middleware that
 * stands at a path of its own is `use /setup`.
 */
export function mountedRoutes(): () => string[] {
  const { route, use } = Router.prototype as Pick<Router, 'route' | 'use'>;
  const parts = new Map<Router, Mounted[]>();
  const add = (router: Router, part: Mounted) => parts.set(router, [...(parts.get(router) ?? []), part]);
  beforeAll(() => {
    Router.prototype.route = function (this: Router, path: Path) {
      const made = route.call(this, path as string) as ReturnType<Router['route']> & NonNullable<Mounted['route']>;
      add(this, { path: String(path), route: made });
      return made;
    };
    Router.prototype.use = function (this: Router, ...given: unknown[]) {
      const path = typeof given[0] === 'string' ? given[0] : '/';
      for (const handler of given.flat()) {
        if (typeof handler !== 'function') continue;
        if (isRouter(handler)) add(this, { path, router: handler });
        else add(this, { path });
      }
      return (use as (...args: unknown[]) => Router).apply(this, given);
    };
  });
  afterAll(() => {
    Object.assign(Router.prototype, { route, use });
  });

  const under = (router: Router, prefix: string): string[] =>
    (parts.get(router) ?? []).flatMap(({ path, route, router: inner }) => {
      const whole = `${prefix}${path === '/' ? '' : path}` || '/';
      if (inner) return under(inner, whole === '/' ? '' : whole);
      // What the app itself does with every request answers nothing.
      if (!route) return whole === '/' ? [] : [`use ${whole}`];
      return Object.keys(route.methods).map((method) => `${method === '_all' ? 'all' : method} ${whole}`);
    });
  return () => {
    const mounted = new Set([...parts.values()].flat().map(({ router }) => router));
    const [root] = [...parts.keys()].filter((router) => !mounted.has(router));
    return [...new Set(under(root!, ''))];
  };
}

const isRouter = (handler: unknown): handler is Router =>
  Object.getPrototypeOf(handler) === Router.prototype || 'stack' in (handler as object);
