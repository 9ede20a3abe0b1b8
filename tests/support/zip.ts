import { deflateRawSync } from 'node:zlib';

export interface Lie {
  readonly claim?: number;
  readonly hide?: boolean;
  /** Put in as it is, without packing. */
  readonly stored?: boolean;
}

/** A zip of our own making, so that it can lie. */
export function zipOf(entries: readonly (readonly [string, Buffer, Lie?])[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content, lie = {}] of entries) {
    const packed = lie.stored ? content : deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(lie.stored ? 0 : 8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(lie.claim ?? content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.concat([local, Buffer.from(name), packed]);
    const listed = Buffer.alloc(46);
    listed.writeUInt32LE(0x02014b50, 0);
    listed.writeUInt16LE(lie.stored ? 0 : 8, 10);
    listed.writeUInt32LE(packed.length, 20);
    listed.writeUInt32LE(lie.claim ?? content.length, 24);
    listed.writeUInt16LE(name.length, 28);
    listed.writeUInt32LE(offset, 42);
    if (!lie.hide) central.push(Buffer.concat([listed, Buffer.from(name)]));
    parts.push(entry);
    offset += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}
