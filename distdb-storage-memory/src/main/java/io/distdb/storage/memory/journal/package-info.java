// SPDX-License-Identifier: MIT
/**
 * The write-ahead log of a node: segment files, their records, group commit and recovery. Nothing
 * here knows what the payloads mean; that belongs to the state machines behind Consensus.
 */
package io.distdb.storage.memory.journal;
