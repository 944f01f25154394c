// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** Which entries of a shard's log there are; gathered in the order of the journal. */
final class ShardLog {
  private final ShardId shard;
  private final List<Run> runs = new ArrayList<>();

  ShardLog(ShardId shard) {
    this.shard = shard;
  }

  private static final class Run {
    private final long first;
    private long last;
    private long commits;
    private long from = Timestamp.NONE;
    private long to = Timestamp.NONE;

    private Run(long first) {
      this.first = first;
      this.last = first;
    }
  }

  /** An entry; one that comes again, as the tail of a recovered journal does, counts once. */
  void entry(long index, long commitTimestamp) {
    Run run = runs.isEmpty() ? null : runs.getLast();
    if (run == null || index > run.last + 1) {
      run = new Run(index);
      runs.add(run);
    } else if (index <= run.last) {
      return;
    } else {
      run.last = index;
    }
    if (commitTimestamp != Timestamp.NONE) {
      run.commits++;
      run.from = run.from == Timestamp.NONE ? commitTimestamp : run.from;
      run.to = Math.max(run.to, commitTimestamp);
    }
  }

  List<LogRun> runs() {
    return runs.stream()
        .map(run -> new LogRun(shard, run.first, run.last, run.commits, run.from, run.to))
        .toList();
  }
}
