// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.ShardId;
import io.distdb.api.storage.LogPosition;

/** Whose content a snapshot is, and as of which log position. */
public record SnapshotHeader(ShardId shard, LogPosition position) {}
