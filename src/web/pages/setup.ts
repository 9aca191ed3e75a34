import { Router } from 'express';

export const setupPage = (_: object): Router => Router();
