// SPDX-License-Identifier: MIT
/**
 * The default engine: every version in memory, durable through the log and snapshots. Here live the
 * engine, its stores, side records and the memory account; indexes, the snapshot format and the
 * journal have packages of their own. Nothing here knows SQL, transactions or consensus.
 */
package io.distdb.storage.memory;
