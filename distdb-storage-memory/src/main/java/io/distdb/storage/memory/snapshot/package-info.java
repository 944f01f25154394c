// SPDX-License-Identifier: MIT
/**
 * The snapshot format, its writer and reader, and the protocol by which a file of it replaces the
 * one before. Knows indexes only as streams of versions; knows nothing of stores, logs or SQL.
 * Format: docs/formats/snapshot.md.
 */
package io.distdb.storage.memory.snapshot;
