// What this phone keeps apart from the outbox: the lock, the settings, and the open work, enciphered. One database, three names.
// Every write is strict (on the disk before it answers), so that a phone whose battery dies has every tap.
import { type IDBPDatabase, openDB } from 'idb';

export class Shelf {
  private constructor(private readonly database: IDBPDatabase) {}

  static async open(name = 'shelf'): Promise<Shelf> {
    return new Shelf(await openDB(name, 1, { upgrade: (database) => void database.createObjectStore('kept') }));
  }

  async get<T>(name: string): Promise<T | undefined> {
    return (await this.database.get('kept', name)) as T | undefined;
  }

  async put(name: string, value: unknown): Promise<void> {
    const transaction = this.database.transaction('kept', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(value, name), transaction.done]);
  }

  async remove(name: string): Promise<void> {
    const transaction = this.database.transaction('kept', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.delete(name), transaction.done]);
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    const transaction = this.database.transaction('kept', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.clear(), transaction.done]);
  }

  close(): void {
    this.database.close();
  }
}
