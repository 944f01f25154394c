// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.journal.Journal;

/**
 * What opening a database found.
 *
 * @param journal what was read from the journal
 * @param snapshotRows entries of all indexes that came from the checkpoint
 * @param nanos from the start of opening until the database could be used
 */
public record Recovery(Journal.Recovery journal, long snapshotRows, long nanos) {}
