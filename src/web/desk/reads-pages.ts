import { createContext } from 'preact';

/** Whether the desk reads the pages whose addresses are typed into its forms. */
export const ReadsPages = createContext(false);
