import { script } from '../html/scripts.ts';

/** Runs inside an embed. */
export const frameScript = script('embed-frame');

/** The loader of <on-record>, which host pages load. */
export const loaderScript = script('on-record');

/** Runs in the box with the code to copy. */
export const codeScript = script('embed-code');
