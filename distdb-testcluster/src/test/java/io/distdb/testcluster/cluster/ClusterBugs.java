// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.RaftSettings;
import io.distdb.raft.host.RaftOptions;
import io.distdb.sharding.replica.ShardCommand;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Bugs from real systems that are no core's: planted around the ports of every node, named by the
 * classes of docs/testing.md. Those of the core are in its own tests.
 */
final class ClusterBugs {
  private static final Planted LONG_LEASES =
      new Planted() {
        @Override
        public RaftOptions options(RaftOptions options) {
          RaftSettings settings =
              options
                  .settings()
                  .withLeaseNanos(4 * options.settings().electionTicks() * options.tickNanos());
          return new RaftOptions(
              options.founders(),
              settings,
              options.tickNanos(),
              options.seed(),
              options.snapshots());
        }
      };

  private ClusterBugs() {}

  static Map<String, Planted> all() {
    Map<String, Planted> all = new LinkedHashMap<>();
    all.put("2 the journal's forces do nothing", journals(Unforced::new));
    all.put("8 entries are not forced, terms and votes are", journals(EntriesUnforced::new));
    all.put("12 nobody confirms a read", groups(Unconfirmed::new));
    all.put("13 a lease lasts four times as long", LONG_LEASES);
    all.put("17 a command is applied twice", machines(Twice::new));
    all.put("18 a disk that fails is passed over", journals(Careless::new));
    all.put("18 a full disk is passed over", journals(Overfull::new));
    all.put("19 a commit in doubt is told to be none", groups(Optimist::new));
    all.put("21 the oracle's bound is not agreed upon", groups(Boundless::new));
    all.put("21 followers forget the oracle's bound", machines(Forgetful::new));
    all.put("a snapshot is taken for what it is not", machines(NoSnapshots::new));
    return all;
  }

  private static Planted journals(UnaryOperator<Journal> alter) {
    return new Planted() {
      @Override
      public Journal journal(Journal journal) {
        return alter.apply(journal);
      }
    };
  }

  private static Planted groups(UnaryOperator<ConsensusGroup> alter) {
    return new Planted() {
      @Override
      public ConsensusGroup group(ConsensusGroup group) {
        return alter.apply(group);
      }
    };
  }

  private static Planted machines(UnaryOperator<StateMachine> alter) {
    return new Planted() {
      @Override
      public StateMachine machine(StateMachine machine) {
        return alter.apply(machine);
      }
    };
  }

  // --- journals ---

  private static final class Unforced extends ForwardingJournal {
    Unforced(Journal journal) {
      super(journal);
    }

    @Override
    public void force(long offset) {
      // The system will write it some time.
    }
  }

  private static final class EntriesUnforced extends ForwardingJournal {
    private boolean must;

    EntriesUnforced(Journal journal) {
      super(journal);
    }

    @Override
    public long append(JournalRecord record) {
      must |= !(record instanceof JournalRecord.Entry);
      return journal.append(record);
    }

    @Override
    public void force(long offset) {
      if (must) {
        journal.force(offset);
      }
      must = false;
    }
  }

  /** An error of the disk is logged, and that is all. */
  private static final class Careless extends ForwardingJournal {
    private long end;

    Careless(Journal journal) {
      super(journal);
    }

    @Override
    public long append(JournalRecord record) {
      try {
        end = journal.append(record);
      } catch (DistDbException refusal) {
        pass(refusal, ErrorCode.IO_ERROR);
      }
      return end;
    }

    @Override
    public void force(long offset) {
      try {
        journal.force(offset);
      } catch (DistDbException refusal) {
        pass(refusal, ErrorCode.IO_ERROR);
      }
    }
  }

  private static void pass(DistDbException refusal, ErrorCode passed) {
    if (refusal.code() != passed) {
      throw refusal;
    }
  }

  private static final class Overfull extends ForwardingJournal {
    private long end;

    Overfull(Journal journal) {
      super(journal);
    }

    @Override
    public long append(JournalRecord record) {
      try {
        end = journal.append(record);
      } catch (DistDbException refusal) {
        pass(refusal, ErrorCode.DISK_FULL);
      }
      return end;
    }
  }

  // --- groups ---

  private static final class Unconfirmed extends ForwardingGroup {
    Unconfirmed(ConsensusGroup group) {
      super(group);
    }

    @Override
    public void confirmRead(long term) {
      // It led a moment ago.
    }
  }

  private static final class Optimist extends ForwardingGroup {
    Optimist(ConsensusGroup group) {
      super(group);
    }

    @Override
    public Object propose(long term, Command command) {
      try {
        return group.propose(term, command);
      } catch (DistDbException refusal) {
        throw refusal.code() == ErrorCode.COMMIT_OUTCOME_UNKNOWN
            ? new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, "not committed", refusal)
            : refusal;
      }
    }
  }

  private static final class Boundless extends ForwardingGroup {
    Boundless(ConsensusGroup group) {
      super(group);
    }

    @Override
    public Object propose(long term, Command command) {
      return command instanceof ShardCommand.ExtendTimestampBound extend
          ? (Object) extend.bound()
          : group.propose(term, command);
    }
  }

  // --- machines ---

  private static final class Twice extends ForwardingMachine {
    Twice(StateMachine machine) {
      super(machine);
    }

    @Override
    public Object apply(LogPosition position, Command command) {
      machine.apply(position, command);
      return machine.apply(position, command);
    }
  }

  private static final class Forgetful extends ForwardingMachine {
    private boolean leads;

    Forgetful(StateMachine machine) {
      super(machine);
    }

    @Override
    public void leading(long term) {
      leads = true;
      machine.leading(term);
    }

    @Override
    public void following(long term) {
      leads = false;
      machine.following(term);
    }

    @Override
    public Object apply(LogPosition position, Command command) {
      boolean forgotten = !leads && command instanceof ShardCommand.ExtendTimestampBound;
      return machine.apply(
          position, forgotten ? new ShardCommand.ExtendTimestampBound(0) : command);
    }
  }

  private static final class NoSnapshots extends ForwardingMachine {
    NoSnapshots(StateMachine machine) {
      super(machine);
    }

    @Override
    public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
      // What is there will do.
    }
  }
}
