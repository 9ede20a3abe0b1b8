import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPersonalData } from './personal.ts';

describe('numbers that must not be published', () => {
  it('are found however they are written', () => {
    for (const text of ['电话13912345678', '１３９１２３４５６７８', '+86 139-1234-5678'])
      expect(findPersonalData(text)).toMatchObject([{ path: 'body', what: 'phone' }]);
    expect(findPersonalData({ a: ['11010519491231002X'] })).toMatchObject([
      { path: 'body.a.0', what: 'identity-number' },
    ]);
  });

  it('are not seen in ids of records and fingerprints of files', () => {
    expect(findPersonalData('abcdefab-cdef-4abc-8abc-13912345678f')).toEqual([]);
    expect(findPersonalData(`/files/${'ab'.repeat(20)}c13912345678d`)).toEqual([]);
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(findPersonalData({ caseId: id, text: `见 ${id}。` })).toEqual([]);
      }),
    );
    // Only what is written as an id is one: a number beside it is still found.
    expect(findPersonalData('abcdefab-cdef-4abc-8abc-abcdefabcdef 13912345678')).toHaveLength(1);
    expect(findPersonalData('1391234-5678')).toHaveLength(1);
  });
});
