import { instantInWords } from '../../lib/date-words.ts';
import { parseEdtf } from '../../lib/dates.ts';
import type { DateAnswer } from '../answers.ts';

/** A date in words. Where it is one day or one moment, machines can read it too. */
export function When({ date, class: name }: { date: DateAnswer; class?: string }) {
  const precise = datetimeOf(date);
  return precise ? (
    <time class={name} datetime={precise}>
      {date.text}
    </time>
  ) : (
    <span class={name}>{date.text}</span>
  );
}

/** When something was found. */
export function DecidedAt({ edtf }: { edtf: string }) {
  return <When date={parseEdtf(edtf)} />;
}

/** What HTML's `datetime` takes: a year, a month, a day, or a moment; nothing that is not known exactly. */
export function datetimeOf({ edtf }: Pick<DateAnswer, 'edtf'>): string | undefined {
  return /^\d{4}(-(0\d|1[0-2])(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?$/.test(edtf) ? edtf : undefined;
}

/** An instant of the record's own time, such as `2026-02-12T12:00:00.123456Z`, in words. */
export function Instant({ at }: { at: string }) {
  return <time datetime={at.replace(/\.\d+Z$/, 'Z')}>{instantInWords(at)}</time>;
}
