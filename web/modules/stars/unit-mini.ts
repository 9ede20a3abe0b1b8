import { units } from '../../../domain/records/units/index.ts';
import { useRead } from '../../api/hooks.ts';

/** The unit on the page, already read by its frame. */
export function useUnitMini(id: number) {
  return useRead(units.get, { params: { id } }).data;
}
