import MarkdownIt from 'markdown-it';

/** HTML in a text stays text, and addresses that would run something are no links. Pictures would be fetched from elsewhere. */
const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false }).disable('image');

// Its own list only names what is dangerous.
markdown.validateLink = (address) => /^(https?:|mailto:|\/|#)/i.test(address);

/** A text in Markdown. Its headings stand below the page's own. */
export function Markdown({ text, lang }: { text: string; lang?: string | undefined }) {
  const html = markdown
    .render(text)
    .replace(/<(\/?)h([1-4])>/g, (_, slash: string, level: string) => `<${slash}h${Number(level) + 2}>`);
  return <div class="prose" dir="auto" {...(lang && { lang })} dangerouslySetInnerHTML={{ __html: html }} />;
}
