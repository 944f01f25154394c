// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Calls;
import io.distdb.node.directory.MemberIdentity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node may take part still. Who was removed gets nothing of the log any more, perhaps
 * not even the entry that says so, and would wait for ever: so one that hears of no leader asks the
 * others, whose answer comes from a transaction and is not older than the question. And who does
 * not know the version that the cluster is at must not read what it writes.
 */
final class Standing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standing.class);
  private static final String STANDING = "cluster.standing";
  private static final String TOO_OLD = "cluster.too_old";
  private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** After so many looks without a leader it is asked. */
  private static final int LONELY_LOOKS = 3;

  private static final Pattern VERSIONS = Pattern.compile("([0-9]{1,9}) ([0-9]{1,9})");
  private static final Bytes MEMBER = Bytes.of(0);
  private static final Bytes REMOVED = Bytes.of(1);

  private final MemberIdentity own;
  private final int knows;
  private final MemberStore members;
  private final ReplicatedGroup group;
  private final Calls calls;
  private final Questions questions;
  private final Consumer<Supplier<DistDbException>> whenOut;

  /** Which directories were told that they are none of the cluster, so that the log has it once. */
  private final ConcurrentHashMap<String, String> told = new ConcurrentHashMap<>();

  private final AtomicBoolean saidTooOld = new AtomicBoolean();

  /** How many looks in a row have found no leader. */
  private int lonely;

  /** Null: it may. */
  private volatile Out out;

  private record Out(ErrorCode code, String why, String hint) {
    DistDbException exception() {
      return new DistDbException(code, why).withHint(hint);
    }
  }

  /**
   * @param knows the newest {@link ClusterVersion} that this node knows
   * @param whenOut told, once, how whoever uses this node is to be refused from then on
   */
  Standing(
      MemberIdentity own,
      int knows,
      MemberStore members,
      ReplicatedGroup group,
      Calls calls,
      Scheduler scheduler,
      Consumer<Supplier<DistDbException>> whenOut) {
    this.own = own;
    this.knows = knows;
    this.members = members;
    this.group = group;
    this.calls = calls;
    this.whenOut = whenOut;
    questions = new Questions(scheduler);
    calls.serve(STANDING, this::answer);
    calls.serve(TOO_OLD, Standing::hearTooOld);
  }

  /** Why this node takes no part any more; empty: it does. */
  Optional<DistDbException> refusal() {
    return Optional.ofNullable(out).map(Out::exception);
  }

  /** By one thread. May wait for other nodes. */
  void look(GroupStatus status) {
    lookWhetherKnown();
    if (!hearsNobody(status)) {
      lonely = 0;
    } else if (++lonely >= LONELY_LOOKS) {
      lonely = 0;
      if (isRemoved(status)) {
        leave(
            new Out(
                ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                "node %s was removed from cluster %s"
                    .formatted(own.node(), own.cluster().orElseThrow()),
                "What it has is of no use any more. To come back it needs an empty directory, and"
                    + " ./distdb cluster add."));
      }
    }
  }

  private synchronized void leave(Out why) {
    if (out == null) {
      out = why;
      LOG.error("{}, and this node serves no more. {}", why.why(), why.hint());
      whenOut.accept(() ->
          new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, why.why())
              .withHint("Connect to another node of the cluster."));
    }
  }

  // --- too old ---

  /** What the log of this node says already may be newer than what it knows. Never waits. */
  void lookWhetherKnown() {
    int version = members.version();
    if (version <= knows) {
      return;
    }
    if (saidTooOld.compareAndSet(false, true)) {
      Bytes text = Bytes.utf8(knows + " " + version);
      others().forEach(other -> calls.tell(other, TOO_OLD, text));
    }
    leave(
        new Out(
            ErrorCode.INCOMPATIBLE_FORMAT,
            "the cluster is at version %d, but this DistDB knows versions up to %d"
                .formatted(version, knows),
            "Start the node with the newer DistDB."));
  }

  private static Bytes hearTooOld(NodeId from, Bytes text) {
    var versions = VERSIONS.matcher(text.toUtf8());
    if (versions.matches()) {
      LOG.warn(
          "node {} is refused: it knows cluster versions up to {}, and the cluster is at {}",
          from,
          versions.group(1),
          versions.group(2));
    }
    return Bytes.EMPTY;
  }

  // --- removed ---

  private boolean hearsNobody(GroupStatus status) {
    return status
        .leader()
        .filter(leader ->
            leader.equals(status.node())
                || status.peers().stream()
                    .anyMatch(peer -> peer.node().equals(leader) && peer.answers()))
        .isEmpty();
  }

  /**
   * One that was started anew has nothing applied before it hears of a leader: so those are asked,
   * too, that its log calls members.
   */
  private boolean isRemoved(GroupStatus status) {
    Set<NodeId> known = new TreeSet<>(others());
    known.addAll(status.voters());
    known.addAll(status.outgoing());
    known.addAll(status.learners());
    known.remove(status.node());
    return questions
        .ask(known, (other, patience) -> Optional.of(ask(other, patience)))
        .containsValue(REMOVED);
  }

  private Bytes ask(NodeId other, Calls.Patience patience) {
    return calls.call(other, STANDING, Bytes.utf8(own.directory()), ASK_NANOS, patience);
  }

  private List<NodeId> others() {
    return members.local().stream()
        .filter(member -> !member.isRemoved())
        .map(Member::id)
        .filter(id -> !id.value().equals(own.node()))
        .toList();
  }

  /** The request is the directory of who asks, the answer one byte. */
  private Bytes answer(NodeId from, Bytes request) {
    if (group.leader().isEmpty()) {
      throw new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, "nobody leads now");
    }
    String directory = request.toUtf8();
    Optional<Member> member = members.change(from, known -> known);
    if (member
        .filter(known -> !known.isRemoved() && known.directory().equals(directory))
        .isPresent()) {
      told.remove(from.value());
      return MEMBER;
    }
    if (!directory.equals(told.put(from.value(), directory))) {
      LOG.warn("node {} was removed from the cluster and goes on running: it is told so", from);
    }
    return REMOVED;
  }

  @Override
  public void close() {
    questions.close();
  }
}
