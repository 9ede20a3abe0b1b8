import { Input } from 'antd';
import { useEffect, useState } from 'react';

/** A search field that waits until the reader has stopped typing. */
export function SearchBox(props: {
  value: string | undefined;
  label: string;
  onChange: (value: string | undefined) => void;
}) {
  const [typed, setTyped] = useState(props.value ?? '');
  const [known, setKnown] = useState(props.value);
  const { onChange } = props;
  // The address may change the search from outside: what was typed follows it.
  if (known !== props.value) {
    setKnown(props.value);
    setTyped(props.value ?? '');
  }
  useEffect(() => {
    if (typed === (props.value ?? '')) return;
    const timer = setTimeout(() => onChange(typed.trim() || undefined), 300);
    return () => clearTimeout(timer);
  }, [typed, props.value, onChange]);
  return (
    <Input
      allowClear
      style={{ width: 220 }}
      aria-label={props.label}
      placeholder={props.label}
      value={typed}
      onChange={(e) => setTyped(e.target.value)}
      onPressEnter={() => onChange(typed.trim() || undefined)}
    />
  );
}
