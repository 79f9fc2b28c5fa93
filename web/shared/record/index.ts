export * from './bytes';
export * from './cbor';
export * from './entry';
export * from './note';
export * from './seal';
export * from './statement';
export * from './tree';
export * from './verify';
