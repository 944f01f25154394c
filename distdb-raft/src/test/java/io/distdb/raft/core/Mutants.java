// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The core with a bug from real systems planted around it: events or effects are altered, or its
 * state is, before or after a step. By the numbers of the bug classes of docs/testing.md.
 */
final class Mutants {
  private Mutants() {}

  static Map<String, Supplier<Strategy>> all() {
    LinkedHashMap<String, Supplier<Strategy>> all = new LinkedHashMap<>();
    all.put("1 members change before an own-term commit", () -> Mutants::changeTooEarly);
    all.put("1 members change while they change", () -> Mutants::changeTwice);
    all.put("2 a vote is told before it is durable", () -> Mutants::sendHeld);
    all.put("2 the disk has the term without the vote", () -> effects(Mutants::withoutVote));
    all.put("2 two votes in a term", () -> Mutants::voteTwice);
    all.put("3 an earlier term's entry is committed by counting", () -> Mutants::countEarlier);
    all.put("4 a follower commits past what was verified", () -> Mutants::commitUnverified);
    all.put("5 a purged predecessor is a conflict", () -> Mutants::purgedConflicts);
    all.put("6 an installed snapshot keeps a tail", () -> Mutants::keepTail);
    all.put("7 a snapshot comes with the members of now", () -> Mutants::membersOfNow);
    all.put("7 a joint quorum is one of the new half", () -> Mutants::newHalf);
    all.put("8 acknowledged before it is durable", () -> Mutants::acknowledgeVerified);
    all.put("9 learners count", () -> Mutants::countLearners);
    all.put("9 progress is not sorted", () -> Mutants::unsorted);
    all.put("10 a write stands for what was cut", WritesForCut::new);
    all.put("10 all that a follower has counts as verified", () -> Mutants::verifiedAll);
    all.put("10 an answer of an earlier term counts", () -> Mutants::anyTerm);
    all.put("11 a read before an own-term commit", () -> Mutants::readTooEarly);
    all.put("12 a read in an earlier round", () -> Mutants::readInEarlierRound);
    all.put("12 a read that nobody confirms", () -> Mutants::readUnconfirmed);
    all.put("14 a node of a later term is ignored", () -> Mutants::ignoreOld);
    all.put("15 the term of a missing entry matches", () -> Mutants::missingMatches);
    all.put("16 a limit below one entry sends nothing", () -> effects(Mutants::strictLimit));
    all.put("17 applied twice", () -> Mutants::applyTwice);
    all.put("19 two leaders at a transfer", () -> Mutants::leadAtOnce);
    all.put("19 a leader lacks what is committed", () -> Mutants::anyLog);
    all.put("20 a joint membership is never left", () -> Mutants::neverLeave);
    all.put("20 a joint membership is left twice", () -> Mutants::leaveTwice);
    all.putAll(LeaseMutants.all());
    all.putAll(StandstillMutants.all());
    return all;
  }

  private static Strategy effects(UnaryOperator<Effect> alter) {
    return (core, event) -> core.step(event).stream().map(alter).toList();
  }

  /** Alters the state after each step; what comes of it is told with the next one. */
  private static List<Effect> then(RaftCore core, Event event, Consumer<RaftState> alter) {
    List<Effect> effects = core.step(event);
    alter.accept(core.state);
    return effects;
  }

  private static List<Effect> changeTooEarly(RaftCore core, Event event) {
    return event instanceof Event.ChangeMembership ? ownTerm(core, event) : core.step(event);
  }

  private static List<Effect> readTooEarly(RaftCore core, Event event) {
    return event instanceof Event.ReadRequested ? ownTerm(core, event) : core.step(event);
  }

  /** As if an entry of the own term were committed. */
  private static List<Effect> ownTerm(RaftCore core, Event event) {
    long first = core.state.firstOwnIndex;
    core.state.firstOwnIndex = 0;
    List<Effect> effects = core.step(event);
    core.state.firstOwnIndex = first;
    return effects.stream().filter(effect -> !(effect instanceof Effect.Leading)).toList();
  }

  private static List<Effect> changeTwice(RaftCore core, Event event) {
    RaftState state = core.state;
    boolean underWay = state.leads() && state.log.membershipIndex() > state.commit;
    if (event instanceof Event.ChangeMembership change
        && underWay
        && !change.voters().isEmpty()
        && !state.membership().isJoint()
        && state.membership().everyone().containsAll(change.voters())) {
      Membership target = Membership.of(change.voters(), change.learners());
      Replication.append(state, state.membership().towards(target));
    }
    return core.step(event);
  }

  private static List<Effect> sendHeld(RaftCore core, Event event) {
    ArrayList<Effect> effects = new ArrayList<>(core.step(event));
    core.state.held.forEach(held -> effects.add(new Effect.Send(held.to(), held.message())));
    core.state.held.clear();
    return effects;
  }

  private static Effect withoutVote(Effect effect) {
    return effect instanceof Effect.Persist write && write.hardState().isPresent()
        ? new Effect.Persist(
            write.sequence(),
            Optional.of(new Effect.HardState(write.hardState().get().term(), Optional.empty())),
            write.installed(),
            write.entries())
        : effect;
  }

  private static List<Effect> voteTwice(RaftCore core, Event event) {
    if (event instanceof Event.Received mail
        && mail.message() instanceof Message.VoteRequest
        && core.state.role == RaftState.Role.FOLLOWER) {
      core.state.vote = RaftState.NOBODY;
      core.state.leader = RaftState.NOBODY;
    }
    return core.step(event);
  }

  private static void commitThrough(RaftState state, long index) {
    if (state.leads()) {
      state.commit = Math.max(state.commit, Math.min(index, state.log.lastIndex()));
    }
  }

  private static long match(RaftState state, NodeId node) {
    return node.equals(state.self) ? state.stable : state.progress.get(node).match;
  }

  private static List<Effect> countEarlier(RaftCore core, Event event) {
    return then(
        core,
        event,
        state -> {
          if (state.leads()) {
            commitThrough(state, Quorum.reached(state.membership(), id -> match(state, id)));
          }
        });
  }

  private static List<Effect> newHalf(RaftCore core, Event event) {
    return counting(core, event, state -> state.membership().left());
  }

  private static List<Effect> countLearners(RaftCore core, Event event) {
    return counting(core, event, state -> Membership.of(state.membership().everyone(), List.of()));
  }

  private static List<Effect> counting(
      RaftCore core, Event event, Function<RaftState, Membership> quorum) {
    return then(
        core,
        event,
        state -> {
          if (state.leads()) {
            long reached = Quorum.reached(quorum.apply(state), id -> match(state, id));
            commitThrough(state, state.log.term(reached) == state.term ? reached : 0);
          }
        });
  }

  private static List<Effect> unsorted(RaftCore core, Event event) {
    return then(
        core,
        event,
        state -> {
          List<NodeId> voters = state.membership().voters();
          if (state.leads() && !voters.isEmpty() && !state.membership().isJoint()) {
            long reached = match(state, voters.get((voters.size() - 1) / 2));
            commitThrough(state, state.log.term(reached) == state.term ? reached : 0);
          }
        });
  }

  private static List<Effect> commitUnverified(RaftCore core, Event event) {
    return then(
        core,
        event,
        state -> {
          if (event instanceof Event.Received mail
              && mail.message() instanceof Message.Append append
              && append.term() == state.term) {
            state.commit = Math.max(state.commit, Math.min(append.commit(), state.log.lastIndex()));
          }
        });
  }

  private static List<Effect> purgedConflicts(RaftCore core, Event event) {
    RaftState state = core.state;
    if (event instanceof Event.Received mail
        && mail.message() instanceof Message.Append append
        && append.term() == state.term
        && !state.leads()
        && append.previous().index() < state.log.base().index()) {
      state.log.truncate(state.log.firstIndex());
      Durability.cut(state, state.log.firstIndex());
    }
    return core.step(event);
  }

  private static List<Effect> keepTail(RaftCore core, Event event) {
    List<Entry> before = core.state.log.entries(core.base().index() + 1, core.last().index());
    return then(
        core,
        event,
        state -> {
          if (event instanceof Event.SnapshotReceived snapshot
              && state.log.base().equals(snapshot.position())
              && state.log.lastIndex() == snapshot.position().index()) {
            before.stream()
                .filter(entry -> entry.index() > snapshot.position().index())
                .forEach(state.log::append);
          }
        });
  }

  private static List<Effect> membersOfNow(RaftCore core, Event event) {
    return core.step(
        event instanceof Event.SnapshotReceived snapshot
            ? new Event.SnapshotReceived(
                snapshot.from(), snapshot.term(), snapshot.position(), core.membership())
            : event);
  }

  private static List<Effect> acknowledgeVerified(RaftCore core, Event event) {
    ArrayList<Effect> effects = new ArrayList<>(core.step(event));
    RaftState state = core.state;
    effects.replaceAll(effect ->
        effect instanceof Effect.Send send
                && send.message() instanceof Message.Appended appended
                && appended.term() == state.term
            ? new Effect.Send(send.to(), new Message.Appended(state.term, state.verified))
            : effect);
    return effects;
  }

  /** Completions are taken for what was asked to be written, whatever became of the log since. */
  private static final class WritesForCut implements Strategy {
    private final Map<Long, Long> lastIndexes = new LinkedHashMap<>();

    @Override
    public List<Effect> step(RaftCore core, Event event) {
      if (event instanceof Event.Persisted persisted) {
        long last = lastIndexes.getOrDefault(persisted.sequence(), 0L);
        core.state.stable = Math.max(core.state.stable, Math.min(last, core.last().index()));
      }
      List<Effect> effects = core.step(event);
      for (Effect effect : effects) {
        if (effect instanceof Effect.Persist write && !write.entries().isEmpty()) {
          lastIndexes.put(write.sequence(), write.entries().getLast().index());
        }
      }
      return effects;
    }
  }

  private static List<Effect> verifiedAll(RaftCore core, Event event) {
    if (!core.leads()) {
      core.state.verified = Math.max(core.state.verified, core.durable());
    }
    return core.step(event);
  }

  private static List<Effect> anyTerm(RaftCore core, Event event) {
    if (!(event instanceof Event.Received mail) || mail.message().term() >= core.term()) {
      return core.step(event);
    }
    Message message =
        switch (mail.message()) {
          case Message.Appended appended -> new Message.Appended(core.term(), appended.match());
          case Message.VoteReply reply -> new Message.VoteReply(core.term(), reply.granted());
          default -> mail.message();
        };
    return core.step(new Event.Received(mail.from(), message));
  }

  private static List<Effect> readInEarlierRound(RaftCore core, Event event) {
    return then(
        core,
        event,
        state -> {
          if (event instanceof Event.ReadRequested && !state.reads.isEmpty()) {
            RaftState.Read read = state.reads.removeLast();
            state.reads.add(new RaftState.Read(read.read(), read.index(), read.round() - 1));
          }
        });
  }

  private static List<Effect> readUnconfirmed(RaftCore core, Event event) {
    return event instanceof Event.ReadRequested request && core.state.ownTermCommitted()
        ? List.of(new Effect.ReadReady(request.read(), core.committed()))
        : core.step(event);
  }

  private static List<Effect> ignoreOld(RaftCore core, Event event) {
    return event instanceof Event.Received mail && mail.message().term() < core.term()
        ? List.of()
        : core.step(event);
  }

  private static List<Effect> missingMatches(RaftCore core, Event event) {
    return core.step(
        event instanceof Event.Received mail
                && mail.message() instanceof Message.Append append
                && append.previous().index() > core.last().index()
            ? new Event.Received(
                mail.from(),
                new Message.Append(append.term(), core.last(), append.entries(), append.commit()))
            : event);
  }

  private static Effect strictLimit(Effect effect) {
    return effect instanceof Effect.Send send && send.message() instanceof Message.Append append
        ? new Effect.Send(
            send.to(),
            new Message.Append(
                append.term(),
                append.previous(),
                append.entries().size() == 1 ? List.of() : append.entries(),
                append.commit()))
        : effect;
  }

  private static List<Effect> applyTwice(RaftCore core, Event event) {
    long before = core.applied();
    return then(
        core,
        event,
        state -> {
          if (event instanceof Event.Received mail
              && mail.message() instanceof Message.VoteReply
              && state.leads()) {
            state.applied = Math.max(state.log.base().index(), before - 1);
          }
        });
  }

  private static List<Effect> leadAtOnce(RaftCore core, Event event) {
    RaftState state = core.state;
    if (event instanceof Event.Received mail
        && mail.message() instanceof Message.TimeoutNow now
        && now.term() == state.term
        && state.role == RaftState.Role.FOLLOWER) {
      Replication.lead(state, new Outbox());
    }
    return core.step(event);
  }

  private static List<Effect> anyLog(RaftCore core, Event event) {
    LogPosition best = new LogPosition(Long.MAX_VALUE, Long.MAX_VALUE);
    return core.step(
        event instanceof Event.Received mail
                && mail.message() instanceof Message.VoteRequest request
            ? new Event.Received(
                mail.from(), new Message.VoteRequest(request.term(), best, request.transfer()))
            : event);
  }

  private static List<Effect> neverLeave(RaftCore core, Event event) {
    if (core.leads() && core.membership().isJoint()) {
      core.state.firstOwnIndex = Long.MAX_VALUE;
    }
    return core.step(event);
  }

  private static List<Effect> leaveTwice(RaftCore core, Event event) {
    boolean joint = core.leads() && core.membership().isJoint();
    return then(
        core,
        event,
        state -> {
          if (joint && state.leads() && !state.membership().isJoint()) {
            Replication.append(state, state.membership());
          }
        });
  }
}
