// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.transport.Calls;
import io.distdb.node.config.ClusterConfig;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Answers the empty nodes that ask to come in. A node whose directory is another than the one that
 * became a member stays outside: it has forgotten what it voted for and what it acknowledged.
 */
public final class Door implements Calls.Handler {
  static final String SERVICE = "cluster.join";
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private static final String NOT_READY = "it is not ready yet";

  private sealed interface State {
    record Empty() implements State {}

    record Closed(String cluster) implements State {}

    record Open(String cluster, MemberStore members) implements State {}
  }

  private final NodeId self;
  private final String nodes;
  private final boolean replica;
  private final long clockLimitMicros;

  /** What was said to whom, so that the log has it once. */
  private final ConcurrentHashMap<String, String> told = new ConcurrentHashMap<>();

  /** What was said of whose clock: a text that was new each time would fill the logs. */
  private final ConcurrentHashMap<String, String> wrongClocks = new ConcurrentHashMap<>();

  private volatile State state = new State.Empty();

  public Door(ClusterConfig config) {
    self = config.nodeId();
    nodes = Joining.nodes(config);
    replica = config.role() == ClusterConfig.Role.READ_REPLICA;
    clockLimitMicros = TimeUnit.MILLISECONDS.toMicros(config.clockOffsetLimitMillis());
  }

  /** Answers from now on, at first that this node is empty. */
  public void serve(Calls calls) {
    calls.serve(SERVICE, this);
  }

  /** This node is a member, which cannot let anybody in yet. */
  public void memberOf(String cluster) {
    state = new State.Closed(cluster);
  }

  void open(String cluster, MemberStore members) {
    state = new State.Open(cluster, members);
  }

  void close(String cluster) {
    state = new State.Closed(cluster);
  }

  @Override
  public Bytes answer(NodeId from, Bytes request) {
    JoinMessage message;
    try {
      message = JoinMessage.decode(request);
    } catch (IllegalArgumentException wrong) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION, "node " + from + " asks: " + wrong.getMessage());
    }
    if (!(message instanceof JoinMessage.Ask ask)) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION, "node " + from + " answers what nobody asked");
    }
    JoinMessage answer = answer(ask);
    log(ask, answer);
    return answer.encode();
  }

  private JoinMessage answer(JoinMessage.Ask ask) {
    return switch (state) {
      case State.Empty empty -> new JoinMessage.Empty(nodes, replica);
      case State.Closed(String cluster) -> new JoinMessage.Wait(cluster, NOT_READY);
      case State.Open open ->
          open.members().isBegun()
              ? admit(open, ask)
              : new JoinMessage.Wait(open.cluster(), NOT_READY);
    };
  }

  /**
   * Why a node that is to come in for the first time waits because of its clock. A member that has
   * been in is not kept out: nothing depends on its clock.
   */
  private Optional<String> obstacleOfClock(JoinMessage.Ask ask) {
    if (clockLimitMicros == 0) {
      return Optional.empty();
    }
    if (ask.clock().isEmpty()) {
      return Optional.of(NOT_READY);
    }
    ClockOffset offset = ask.clock().get();
    if (!offset.isBeyond(clockLimitMicros)) {
      return Optional.empty();
    }
    String sort = ask.node() + (offset.micros() < 0 ? " is behind" : " is ahead");
    return Optional.of(wrongClocks.computeIfAbsent(sort, first -> wrongClock(ask, offset)));
  }

  private String wrongClock(JoinMessage.Ask ask, ClockOffset offset) {
    return "the clock of node %s is %s that of node %s, clock_offset_limit is %s: set it right"
        .formatted(ask.node(), offset.text(), self, ClockOffset.seconds(clockLimitMicros));
  }

  /** The first directory that asks in the name of a member becomes its own. */
  private JoinMessage admit(State.Open open, JoinMessage.Ask ask) {
    NodeId id = new NodeId(ask.node());
    int version = open.members().version();
    if (ask.knows() < version) {
      return new JoinMessage.Refused(
          open.cluster(),
          "node %s knows cluster versions up to %d, and cluster %s is at %d"
              .formatted(id, ask.knows(), open.cluster(), version),
          "Start it with a newer DistDB.");
    }
    Optional<String> obstacle = obstacleOfClock(ask);
    Optional<Member> known;
    try {
      known =
          open.members()
              .change(
                  id,
                  before ->
                      before.map(member ->
                          member.isRemoved()
                                  || !member.directory().isEmpty()
                                  || obstacle.isPresent()
                              ? member
                              : member.ofDirectory(ask.directory(), ask.replica(), ask.knows())));
    } catch (DistDbException notNow) {
      return new JoinMessage.Wait(open.cluster(), notNow.getMessage());
    }
    if (known.isEmpty() || known.get().isRemoved()) {
      return new JoinMessage.Wait(open.cluster(), "it is no member: ./distdb cluster add adds it");
    }
    if (known.get().directory().isEmpty()) {
      return new JoinMessage.Wait(open.cluster(), obstacle.orElseThrow());
    }
    return known.get().directory().equals(ask.directory())
        ? new JoinMessage.Welcome(open.cluster())
        : new JoinMessage.Refused(
            open.cluster(),
            "node %s is a member of cluster %s with another data directory than this, which is empty"
                .formatted(id, open.cluster()),
            "If that directory is lost: ./distdb cluster remove %s, then add it anew. If there are"
                    .formatted(id)
                + " two nodes of this name, give one another node_id.");
  }

  private void log(JoinMessage.Ask ask, JoinMessage answer) {
    String node = ask.node();
    switch (answer) {
      case JoinMessage.Refused refused ->
          log(Level.WARN, node, "node " + node + " was refused: " + refused.why());
      case JoinMessage.Wait wait -> {
        if (!wait.why().equals(NOT_READY)) {
          Level level = wrongClocks.containsValue(wait.why()) ? Level.WARN : Level.INFO;
          log(level, node, "node " + node + " asks to come in: " + wait.why());
        }
      }
      case JoinMessage.Welcome welcome -> log(Level.INFO, node, "node " + node + " was let in");
      case JoinMessage.Empty empty -> {
        if (!ask.nodes().equals(nodes)) {
          log(
              Level.WARN,
              node,
              "cluster_nodes of node %s are %s, here they are %s: they must be the same"
                  .formatted(node, ask.nodes(), nodes));
        }
      }
      case JoinMessage.Ask again -> throw Invariant.unreachable("nobody is answered by a question");
    }
  }

  private void log(Level level, String node, String text) {
    if (!text.equals(told.put(node, text))) {
      LOG.atLevel(level).log(text);
    }
  }
}
