// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.sharding.replica.Leadership;
import io.distdb.sharding.replica.ShardCommand;
import io.distdb.sharding.route.Shard;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Commits what is in one shard: check the term of the locks, mark, fetch the timestamp, one entry
 * in the log, applied, unmark; the transaction lets its locks go after.
 *
 * <p>When the outcome of the entry is unknown, mark and locks stay until it is applied after all,
 * or until this node stops to lead: nobody may read or overwrite what may be committed.
 */
final class Committer {
  /** A commit whose entry is in the log, of which nobody knows whether it will stay. */
  private record Doubt(Committing committing, LocalLocks locks) {}

  private final TransactionContext context;
  private final CommitOrder order;
  private final ConcurrentHashMap<Long, Doubt> doubts = new ConcurrentHashMap<>();

  Committer(TransactionContext context, CommitOrder order) {
    this.context = context;
    this.order = order;
  }

  /**
   * @param locks the transaction's; they stay its own unless the outcome is unknown
   * @param least {@code LOCAL}: mark and locks stay, as in doubt, until the entry is applied
   * @return the commit timestamp
   * @throws DistDbException as {@link io.distdb.api.txn.Transaction#commit}; with {@code
   *     COMMIT_OUTCOME_UNKNOWN} the locks are not the transaction's any more
   */
  long commit(WriteBuffer writes, CommitToken token, LocalLocks locks, SynchronousCommit least) {
    Shard shard = context.system();
    checkTerm(locks);
    Committing committing = new Committing(writes, context.timestamps.current() + 1);
    long timestamp;
    try {
      timestamp = order.markAndFetch(context.committing, committing, context.timestamps);
    } catch (DistDbException notProposed) {
      context.committing.clear(committing);
      // Not the commit's outcome is unknown, only that of the bound of its timestamp.
      boolean lost =
          context.gateway() != null && notProposed.code() == ErrorCode.COMMIT_OUTCOME_UNKNOWN;
      throw lost ? Gateway.lost() : notProposed;
    } catch (Throwable notProposed) {
      context.committing.clear(committing);
      throw notProposed;
    }
    if (mayBeLocal(writes, token, least)) {
      commitLocally(timestamp, new Doubt(committing, locks));
      return timestamp;
    }
    Object earlier;
    try {
      earlier = shard.group().propose(locks.leadership().term(), command(writes, timestamp, token));
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.COMMIT_OUTCOME_UNKNOWN) {
        stallIfFull(committing, refused);
        doubt(timestamp, new Doubt(committing, locks));
      } else {
        context.committing.clear(committing);
      }
      throw refused;
    } catch (Throwable bug) {
      // Not known to be refused: as careful as with an unknown outcome.
      doubt(timestamp, new Doubt(committing, locks));
      throw bug;
    }
    context.committing.clear(committing);
    return earlier == null ? timestamp : settled((CommitOutcome) earlier, token);
  }

  private static void stallIfFull(Committing committing, DistDbException unknown) {
    if (unknown.getCause() instanceof DistDbException cause
        && cause.code() == ErrorCode.DISK_FULL) {
      committing.stalled();
    }
  }

  private ShardCommand.Commit command(WriteBuffer writes, long timestamp, CommitToken token) {
    return context
        .system()
        .replica()
        .complete(
            new ShardCommand.Commit(writes.toBatch(timestamp), token, writes.changedTables()));
  }

  /** In doubt before it is proposed: it may be applied before the answer is here. */
  private void commitLocally(long timestamp, Doubt doubt) {
    doubt.locks.keepInDoubt();
    doubts.put(timestamp, doubt);
    try {
      context
          .system()
          .group()
          .proposeLocally(
              doubt.locks.leadership().term(), command(doubt.committing.writes, timestamp, null));
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.COMMIT_OUTCOME_UNKNOWN) {
        stallIfFull(doubt.committing, refused);
      } else {
        applied(timestamp);
      }
      throw refused;
    } finally {
      if (context.closing()) {
        loseDoubts();
      }
    }
  }

  /** What is asked for by a token, or what others plan by, is known by a quorum. */
  private static boolean mayBeLocal(
      WriteBuffer writes, CommitToken token, SynchronousCommit least) {
    return least == SynchronousCommit.LOCAL
        && token == null
        && writes.size() > 0
        && !writes.hasSchemaWrites();
  }

  /** Locks of another term are no locks. */
  static void checkTerm(LocalLocks locks, Shard shard) {
    if (shard.replica().leadership() != locks.leadership()) {
      throw new DistDbException(
              ErrorCode.SERIALIZATION_FAILURE,
              "the leadership of shard "
                  + shard.id()
                  + " changed since term "
                  + locks.leadership().term()
                  + ": the transaction's locks are lost")
          .withHint("run the transaction again");
    }
  }

  private void checkTerm(LocalLocks locks) {
    checkTerm(locks, context.system());
  }

  /** The token had an outcome already: the same commit again, or a question that came first. */
  private static long settled(CommitOutcome earlier, CommitToken token) {
    return switch (earlier) {
      case CommitOutcome.Committed(long timestamp) -> timestamp;
      case CommitOutcome.Aborted aborted ->
          throw new DistDbException(
                  ErrorCode.SERIALIZATION_FAILURE,
                  "the outcome of commit " + token.value() + " was settled as aborted before it")
              .withHint("run the transaction again, under a new token");
      case CommitOutcome.Unknown unknown ->
          throw new DistDbException(
                  ErrorCode.INVALID_PARAMETER_VALUE,
                  "commit token " + token.value() + " was used more than a day ago")
              .withHint("use a new token for every commit");
    };
  }

  // --- unknown outcomes ---

  private void doubt(long timestamp, Doubt doubt) {
    doubt.locks.keepInDoubt();
    doubts.put(timestamp, doubt);
    if (context.closing() || context.system().replica().leadership() != doubt.locks.leadership()) {
      loseDoubts();
    } else if (isApplied(timestamp, doubt)) {
      applied(timestamp);
    }
  }

  /** It may have been applied before it came to be in doubt. */
  private boolean isApplied(long timestamp, Doubt doubt) {
    WriteBuffer writes = doubt.committing.writes;
    if (writes.size() == 0) {
      return false;
    }
    int position = writes.anyPosition();
    Bytes key = writes.key(position);
    return context
        .system()
        .replica()
        .store()
        .findIndex(writes.index(position))
        .map(index -> index.newestTimestamp(key) >= timestamp)
        .orElse(false);
  }

  /**
   * The entry of the commit at {@code timestamp} was applied, or never will be. Cheap when nothing
   * is in doubt.
   */
  void applied(long timestamp) {
    if (doubts.isEmpty()) {
      return;
    }
    Doubt doubt = doubts.remove(timestamp);
    if (doubt != null) {
      context.committing.clear(doubt.committing);
      doubt.locks.releaseAll();
    }
  }

  /**
   * Locks and marks have ended with the leadership that they are of. This node will not learn of
   * those commits, unless it leads again by now: then it has applied what there is of them.
   */
  void loseDoubts() {
    Leadership present = context.closing() ? null : context.system().replica().leadership();
    doubts.forEach((timestamp, doubt) -> {
      if (doubt.locks.leadership() != present && doubts.remove(timestamp, doubt)) {
        if (present == null) {
          context.committing.lose(doubt.committing);
        } else {
          context.committing.clear(doubt.committing);
        }
        doubt.locks.releaseAll();
      }
    });
  }
}
