import { Zip, ZipDeflate } from 'fflate';
import { type Cell, cellsOf, joined, type Pages, type Table } from './table.ts';

/** What a cell, and a sheet, can hold at most (Excel’s limits). */
const MOST_CHARACTERS = 32_767;
const MOST_ROWS = 1_048_576;

const encoder = new TextEncoder();

/**
 * A workbook, written while it is read: no library at hand writes one without holding all of it in memory. Texts are
 * text, never a formula, a date or a number. What is longer than a cell can be is cut and says so; what a sheet cannot
 * hold goes on in another. The properties of the file say how many rows it has and how many cells were cut; a truncated
 * file does not open.
 */
export async function* xlsx(pages: Pages, { noun, columns }: Table): AsyncGenerator<Uint8Array> {
  const done: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    done.push(bytes);
  });
  const count = { rows: 0, cut: 0, sheets: 0 };
  const file = (name: string, content: string) => {
    const part = open(zip, name);
    part.push(encoder.encode(content), true);
  };
  for (const [name, content] of Object.entries(FIRST_PARTS)) file(name, content);

  let sheet: ZipDeflate | undefined;
  let next = 1;
  for await (const items of pages) {
    let xml = '';
    for (const item of items) {
      if (next > MOST_ROWS) xml = endSheet(xml);
      if (!sheet) xml += beginSheet();
      xml += rowXml(cellsOf(item, columns));
      count.rows++;
    }
    if (xml) sheet?.push(encoder.encode(xml));
    yield* done.splice(0);
  }
  let rest = sheet ? '' : beginSheet();
  rest = endSheet(rest);
  file('xl/workbook.xml', workbookXml(noun, count.sheets));
  file('xl/_rels/workbook.xml.rels', relationsXml(count.sheets));
  file('docProps/custom.xml', propertiesXml({ rows: count.rows, cutCells: count.cut }));
  zip.end();
  yield* done.splice(0);

  function beginSheet(): string {
    sheet = open(zip, `xl/worksheets/sheet${++count.sheets}.xml`);
    next = 1;
    const names = columns.map(({ name }) => name);
    return `${SHEET_BEGIN}${rowXml(names, ' s="1"')}`;
  }

  function endSheet(xml: string): string {
    sheet!.push(encoder.encode(`${xml}${SHEET_END}`), true);
    sheet = undefined;
    return '';
  }

  function rowXml(cells: Cell[], style = ''): string {
    const row = next++;
    return `<row r="${row}">${cells.map((cell, index) => cellXml(cell, ` r="${letters(index)}${row}"${style}`)).join('')}</row>`;
  }

  function cellXml(cell: Cell, attributes: string): string {
    if (cell === null) return '';
    if (typeof cell === 'number') return `<c${attributes}><v>${cell}</v></c>`;
    if (typeof cell === 'boolean') return `<c${attributes} t="b"><v>${Number(cell)}</v></c>`;
    const text = fitting(Array.isArray(cell) ? joined(cell) : cell);
    return `<c${attributes} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  }

  function fitting(text: string): string {
    if (text.length <= MOST_CHARACTERS) return text;
    count.cut++;
    const note = ` … [cut: this text has ${text.length} characters, a cell at most ${MOST_CHARACTERS}; CSV has it whole]`;
    return text.slice(0, MOST_CHARACTERS - note.length).replace(/[\ud800-\udbff]$/, '') + note;
  }
}

/** The name of a column: A to Z, then AA. */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** The same time in every file: 1 January 1980, the first that a ZIP can tell, wherever the clock stands. */
function open(zip: Zip, name: string): ZipDeflate {
  const part = new ZipDeflate(name, { level: 6 });
  part.mtime = new Date(1980, 0, 1);
  zip.add(part);
  return part;
}

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text in XML 1.0; what that cannot hold, and what would be read as such a mark, as `_xHHHH_` (ECMA-376, ST_Xstring). */
function escaped(text: string): string {
  return (
    text
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replace(/[&<>"]/g, (mark) => MARKS[mark]!)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (mark) => {
        return `_x${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
      })
  );
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument';

const SHEET_BEGIN = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="20" defaultRowHeight="15"/><sheetData>`;
const SHEET_END = '</sheetData></worksheet>';

/** The parts that do not depend on what is in the workbook; whatever else ends in .xml is a sheet. */
const FIRST_PARTS = {
  '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${TYPE}.spreadsheetml.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.spreadsheetml.styles+xml"/><Override PartName="/docProps/custom.xml" ContentType="${TYPE}.custom-properties+xml"/></Types>`,
  '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/><Relationship Id="r2" Type="${OFFICE}/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>`,
  'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
};

const numbers = (sheets: number): number[] => Array.from({ length: sheets }, (_, index) => index + 1);

const workbookXml = (noun: string, sheets: number): string =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><sheets>${numbers(sheets)
    .map((n) => `<sheet name="${noun}${n > 1 ? ` ${n}` : ''}" sheetId="${n}" r:id="r${n}"/>`)
    .join('')}</sheets></workbook>`;

const relationsXml = (sheets: number): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${numbers(sheets)
    .map((n) => `<Relationship Id="r${n}" Type="${OFFICE}/relationships/worksheet" Target="worksheets/sheet${n}.xml"/>`)
    .join('')}<Relationship Id="styles" Type="${OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>`;

const propertiesXml = (properties: Record<string, number>): string =>
  `${XML}<Properties xmlns="${OFFICE}/custom-properties" xmlns:vt="${OFFICE}/docPropsVTypes">${Object.entries(
    properties,
  )
    .map(
      ([name, value], index) =>
        `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${index + 2}" name="${name}"><vt:i4>${value}</vt:i4></property>`,
    )
    .join('')}</Properties>`;
