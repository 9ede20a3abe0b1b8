import { Link } from '@tanstack/react-router';
import { subjects } from '../../domain/records/subjects/contract.ts';
import { useRead } from '../api/hooks.ts';

/** The name of an entry of the register that another record names, as a way to it. */
export function RefName(props: { id: string }) {
  const read = useRead(subjects.get, { params: { id: props.id } });
  if (!read.data) return <span className="quiet">…</span>;
  return (
    <Link to="/subjects/$id" params={{ id: props.id }}>
      {read.data.name}
    </Link>
  );
}
