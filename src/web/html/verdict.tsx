import { type VerdictStatus, verdictStatuses } from '../../domain/vocabulary.ts';
import type { OtherVerdict } from '../answers.ts';

/** What verdicts have in common to the eye. Words say which one it is; the tone only helps. */
export type Tone = 'right' | 'mixed' | 'wrong' | 'contested' | 'open';

const TONES: Record<VerdictStatus, Tone> = {
  true: 'right',
  mostly_true: 'right',
  kept: 'right',
  kept_late: 'right',
  mixed: 'mixed',
  partly_kept: 'mixed',
  in_progress: 'mixed',
  stalled: 'mixed',
  false: 'wrong',
  mostly_false: 'wrong',
  misleading: 'wrong',
  broken: 'wrong',
  disputed: 'contested',
  unsupported: 'contested',
  unverified: 'open',
  unverifiable: 'open',
  not_checkable: 'open',
  not_started: 'open',
};

/** The tones in the order in which they are drawn and listed, with what each stands for. */
export const tones: Record<Tone, string> = {
  right: 'true or kept',
  mixed: 'mixed',
  wrong: 'false or broken',
  contested: 'disputed',
  open: 'not settled',
};

export const toneOf = (status: VerdictStatus): Tone => TONES[status];

/** A finding in words. */
export function VerdictBadge({ status }: { status: VerdictStatus }) {
  return <span class={`verdict is-${toneOf(status)}`}>{verdictStatuses[status].label}</span>;
}

/** What others found, beside ours, in their own words. */
export function OtherVerdicts({ verdicts }: { verdicts: readonly OtherVerdict[] }) {
  if (verdicts.length === 0) return null;
  return (
    <ul class="other-verdicts" aria-label="What others found">
      {verdicts.map(({ by, status, nativeLabel, url, label }) => (
        <li>
          <bdi>{by.name}</bdi>:{' '}
          <span class={`verdict is-${toneOf(status)}`}>
            {url ? (
              <a href={url} dir="auto">
                {nativeLabel ?? label}
              </a>
            ) : (
              <bdi>{nativeLabel ?? label}</bdi>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
