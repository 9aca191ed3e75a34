/** A list in one cell: JSON, or with semicolons or commas between. */
export function listIn(cell: string | undefined): string[] {
  if (cell?.startsWith('["')) {
    try {
      return (JSON.parse(cell) as unknown[]).map(String);
    } catch {
      // then it is no JSON
    }
  }
  return (cell ?? '').split(cell?.includes(';') ? ';' : ',').map((one) => one.trim());
}
