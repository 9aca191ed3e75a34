import { nameKinds, personKinds } from '../../domain/vocabulary.ts';
import { DateField, LongField, PersonField, TextField, type Typing, WordField } from './typed-fields.tsx';
import { rowsOf } from './typed-form.ts';

/** Empty rows below those that are filled. */
const SPARE = 2;

/** Who somebody is: every name, which of them is displayed, what they held when, and what else is known. */
export function PersonFields({ of, schemes }: { of: Typing; schemes: readonly string[] }) {
  return (
    <>
      <fieldset class="rows">
        <legend>Names</legend>
        <p class="note" id="names-hint">
          Every spelling, in every language and script. One primary name of each language; one of them is displayed.
        </p>
        {rows(of, 'names').map((row, index) => (
          <NameRow of={of} row={row} number={index + 1} />
        ))}
      </fieldset>
      <fieldset class="rows">
        <legend>Roles</legend>
        {rows(of, 'roles').map((row, index) => (
          <RoleRow of={of} row={row} number={index + 1} />
        ))}
      </fieldset>
      <LongField of={of} name="description" label="In a sentence" hint="Who this is, for somebody who does not know" />
      <details>
        <summary>Kind, address, ids elsewhere</summary>
        <div class="together">
          <WordField of={of} name="kind" label="Kind" words={personKinds} />
          <TextField of={of} name="slug" label="Address" hint="The old one leads to the new one for ever" />
        </div>
        <div class="together">
          {schemes.map((scheme) => (
            <TextField of={of} name={`externalIds/${scheme}`} label={`In ${scheme}`} size={12} />
          ))}
        </div>
      </details>
    </>
  );
}

function rows({ typed }: Typing, list: string): string[] {
  const filled = rowsOf(typed, list);
  return [...filled, ...Array.from({ length: SPARE }, (_, more) => `${list}/${filled.length + more}`)];
}

const { alias, ...otherKinds } = nameKinds;
/** A name that is added is mostly an alias. */
const kindsOfNew = { alias, ...otherKinds };

function NameRow({ of, row, number }: { of: Typing; row: string; number: number }) {
  const { typed } = of;
  const isOnRecord = typed.has(`${row}/id`);
  return (
    <fieldset class="row">
      <legend class="aside">Name {number}</legend>
      <Hidden of={of} name={`${row}/id`} />
      <div class="together">
        <TextField of={of} name={`${row}/name`} label="Name" dir="auto" />
        <WordField of={of} name={`${row}/kind`} label="Kind" words={isOnRecord ? nameKinds : kindsOfNew} />
        <TextField of={of} name={`${row}/language`} label="Language" size={5} maxlength={35} placeholder="en" />
        <TextField of={of} name={`${row}/script`} label="Script" size={5} maxlength={4} placeholder="Latn" />
        <p class="ticks">
          <label class="choice">
            <input type="radio" name="shown" value={row} checked={typed.get('shown') === row} /> Displayed
          </label>
          {isOnRecord && <TakeAway of={of} row={row} />}
        </p>
      </div>
    </fieldset>
  );
}

function RoleRow({ of, row, number }: { of: Typing; row: string; number: number }) {
  return (
    <fieldset class="row">
      <legend class="aside">Role {number}</legend>
      <Hidden of={of} name={`${row}/id`} />
      <div class="together">
        <TextField of={of} name={`${row}/title`} label="Title" dir="auto" />
        <PersonField of={of} name={`${row}/organization`} label="At" />
        <DateField of={of} name={`${row}/from`} label="From" />
        <DateField of={of} name={`${row}/to`} label="To" />
        <p class="ticks">{of.typed.has(`${row}/id`) && <TakeAway of={of} row={row} />}</p>
      </div>
    </fieldset>
  );
}

function Hidden({ of: { typed }, name }: { of: Typing; name: string }) {
  const value = typed.get(name);
  return value === null ? null : <input type="hidden" name={name} value={value} />;
}

function TakeAway({ of: { typed }, row }: { of: Typing; row: string }) {
  return (
    <label class="choice">
      <input type="checkbox" name="gone" value={row} checked={typed.getAll('gone').includes(row)} /> Take away
    </label>
  );
}
