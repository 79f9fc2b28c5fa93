export * from './carried';
export * from './outbox';
