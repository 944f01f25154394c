// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.error.DistDbException;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Callers whose commands are not in the log yet. Used by who has the host's turn. */
final class Proposals {
  private final Gathering gathering = new Gathering();
  private final List<Pending> asked = new ArrayList<>();

  /** One of them waits for this node's disk only, so it does not wait for others' answers. */
  private boolean local;

  /** What is being proposed right now. */
  private List<Pending> offered = List.of();

  void add(Pending proposal) {
    asked.add(proposal);
    local |= proposal.local;
  }

  boolean isEmpty() {
    return asked.isEmpty();
  }

  /** As {@link Gathering#nanosLeft}. */
  long nanosLeft(int underWay, long now) {
    return gathering.nanosLeft(asked.size(), local ? 0 : underWay, now);
  }

  /**
   * Offers what was asked for.
   *
   * @param why a caller is refused; null: it is not
   * @return the commands of those that are not refused
   */
  List<Entry.Data> offer(Function<Pending, DistDbException> why) {
    List<Pending> taken = new ArrayList<>(asked.size());
    List<Entry.Data> commands = new ArrayList<>(asked.size());
    for (Pending proposal : asked) {
      DistDbException refusal = why.apply(proposal);
      if (refusal == null) {
        taken.add(proposal);
        commands.add(Entry.Data.of(proposal.command));
      } else {
        proposal.fail(refusal);
      }
    }
    asked.clear();
    local = false;
    offered = taken;
    return commands;
  }

  /** What was offered is in the log, from {@code first} on. */
  void accepted(LogPosition first, Consumer<Pending> next) {
    long index = first.index();
    for (Pending proposal : offered) {
      proposal.position = new LogPosition(first.term(), index++);
      next.accept(proposal);
    }
    offered = List.of();
  }

  void refused(DistDbException why) {
    offered.forEach(proposal -> proposal.fail(why));
    offered = List.of();
  }

  void fail(Function<Pending, DistDbException> why) {
    asked.forEach(proposal -> proposal.fail(why.apply(proposal)));
    asked.clear();
  }
}
