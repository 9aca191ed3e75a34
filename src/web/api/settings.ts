import { EditSettings, editSettings } from '../../domain/settings/edit-settings.ts';
import { getSettings } from '../../domain/settings/settings.ts';
import { Settings } from '../answers.ts';
import type { Site } from '../site.ts';
import { none, reason } from './inputs.ts';
import { type Answer, type Route, read, write } from './route.ts';

const answerSettings = async ({ db }: Pick<Site, 'db'>): Promise<Answer> => {
  const settings = await getSettings(db);
  return { json: JSON.stringify(settings), version: settings.version };
};

export const settings: Route[] = [
  read({
    path: '/settings',
    summary: 'How this newsroom works',
    params: none,
    query: none,
    desk: true,
    answers: { 200: Settings },
    read: (_call, site) => answerSettings(site),
  }),
  write({
    method: 'patch',
    path: '/settings',
    summary: 'Amend the settings (JSON Merge Patch)',
    params: none,
    query: none,
    body: EditSettings.extend(reason),
    answers: { 200: Settings },
    action: 'settings.edit',
    act(tx, call) {
      const { reason: _, ...input } = call.body;
      return editSettings(tx, call.expectedVersion(), input);
    },
    answer: (_done, _call, site) => answerSettings(site),
  }),
];
