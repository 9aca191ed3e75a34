/**
 * Asks the API in this process, as the public or, on the desk, as who is signed in: what a page shows is what the API
 * answers, checked and found by the same routes. `path` is as in the API's document, `/people/{person}/timeline`; `T` is what it documents there.
 * Throws what the API would answer with a problem.
 */
export type Ask = <T>(path: string, params?: Record<string, string>, query?: Record<string, string>) => Promise<T>;
