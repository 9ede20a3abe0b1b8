export { diskStore } from './disk.ts';
export { s3Store, type S3Settings } from './s3.ts';
export { fileStoreFrom } from './from.ts';
export { type FileStore, hashOf } from './store.ts';
export { acceptFile, type AcceptedFile } from './accept.ts';
export { pictureDistance, pictureHash } from './picture.ts';
export { parseFields, receiveFile, savedAs } from './transfer.ts';
