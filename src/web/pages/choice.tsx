/** A filter of which one word is chosen; several that came with the address stay as they are. */
export function Choice({
  name,
  label,
  any,
  of,
  value,
}: {
  name: string;
  label: string;
  any: string;
  of: Record<string, { label: string }>;
  value: string | undefined;
}) {
  const several = value !== undefined && !(value in of);
  return (
    <p>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{any}</option>
        {several && (
          <option value={value} selected>
            {value
              .split(',')
              .map((word) => of[word]?.label ?? word)
              .join(', ')}
          </option>
        )}
        {Object.entries(of).map(([word, { label }]) => (
          <option value={word} selected={word === value}>
            {label}
          </option>
        ))}
      </select>
    </p>
  );
}
