import { strict as assert } from 'node:assert';
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    // As preact writes it.
    'void-style': ['error', { style: 'selfclose' }],
    // Lists may be named.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // A claim is as long as it is.
    'long-title': 'off',
    // Whole titles of our own choice stand in templates, not in what is validated here.
    'doctype-style': 'off',
    // Two navigations or sections of one kind are told apart by their names, which this rule does not know of everywhere.
    'unique-landmark': 'off',
  },
});

/** Holds a page against the HTML standard and the rules for accessible markup. */
export async function checkHtml(html: string, place: string): Promise<void> {
  const report = await validator.validateString(html);
  const wrong = report.results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line, column, selector }) => `${line}:${column} ${ruleId}: ${message} (${selector})`,
    ),
  );
  assert.deepEqual(wrong, [], `${place} is not valid HTML`);
}
