// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a text of events, each {@code > command}, and puts behind each what it caused. Lines that
 * begin with # are kept. What is checked after each event is {@link Invariants}, as everywhere.
 *
 * <ul>
 *   <li>{@code nodes VOTERS [new COUNT] [append BYTES] [inflight MESSAGES] [uncommitted BYTES]
 *       [lease NANOS]}
 *   <li>{@code timeout N}: the clock of N goes on until it stands; {@code tick N [TIMES]}
 *   <li>{@code write N [COUNT]}: writes are done; {@code crash N [RECORDS]}, {@code restart N}
 *   <li>{@code deliver A B [COUNT]}: the oldest messages from A to B; {@code drop A B}; {@code
 *       repeat A B}: the oldest one, which stays; {@code later A B}: it comes after the others
 *   <li>{@code settle [without N...]}: everything is written and delivered until nothing happens,
 *       but for these nodes and what goes to and from them; not told
 *   <li>{@code elect N [without N...]}: N leads when that has settled; not told
 *   <li>{@code propose N COMMAND...}, {@code read N NUMBER}, {@code transfer N TARGET}, {@code
 *       change N VOTERS [LEARNERS]}, {@code compact N INDEX}, {@code unreachable N TO}, {@code rest
 *       N}, {@code wake N TICKS}
 *   <li>{@code state [N...]}
 * </ul>
 */
final class Transcript {
  private final ArrayList<String> out = new ArrayList<>();
  private CoreCluster cluster;
  private boolean quiet;

  /** The same text with what happens now. */
  static List<String> run(List<String> lines) {
    Transcript transcript = new Transcript();
    for (String line : lines) {
      if (line.startsWith("> ")) {
        transcript.out.add(line);
        transcript.command(List.of(line.substring(2).strip().split(" +")));
      } else if (line.startsWith("#") || line.isBlank()) {
        transcript.out.add(line);
      }
    }
    return transcript.out;
  }

  private void command(List<String> words) {
    switch (words.getFirst()) {
      case "nodes" -> begin(words);
      case "settle" -> settle(without(words, 1));
      case "elect" -> elect(words);
      case "state" -> state(words);
      case "deliver", "drop", "repeat", "later" -> move(words);
      case "crash" -> cluster.crash(node(words, 1), (int) number(words, 2, 0));
      case "restart" -> cluster.restart(node(words, 1));
      case "compact" -> cluster.compact(node(words, 1), number(words, 2, 0));
      case "write" -> {
        CoreNode node = cluster.node(node(words, 1));
        cluster.complete(node.id, (int) number(words, 2, node.writes.size()));
      }
      case "timeout" -> timeout(cluster.node(node(words, 1)));
      case "tick" -> {
        for (long left = number(words, 2, 1); left > 0; left--) {
          cluster.step(node(words, 1), new Event.Tick(0));
        }
      }
      case "read" -> cluster.read(node(words, 1), number(words, 2, 0));
      default -> cluster.step(node(words, 1), event(words));
    }
  }

  private Event event(List<String> words) {
    long term = cluster.node(node(words, 1)).core.term();
    return switch (words.getFirst()) {
      case "propose" ->
          new Event.Propose(
              term,
              words.stream()
                  .skip(2)
                  .map(word -> Command.data(Long.parseLong(word.substring(1))))
                  .toList());
      case "transfer" -> new Event.TransferLeadership(node(words, 2));
      case "rest" -> new Event.Rest();
      case "wake" -> new Event.Wake((int) number(words, 2, 0));
      case "unreachable" -> new Event.Unreachable(node(words, 2));
      case "change" ->
          new Event.ChangeMembership(
              term, nodes(words.get(2)), words.size() > 3 ? nodes(words.get(3)) : List.of());
      default -> throw new IllegalArgumentException("no such command: " + words);
    };
  }

  private void begin(List<String> words) {
    Map<String, Integer> options = new HashMap<>();
    for (int at = 2; at < words.size(); at += 2) {
      options.put(words.get(at), Integer.parseInt(words.get(at + 1)));
    }
    RaftSettings settings =
        new RaftSettings(
            10,
            1,
            options.getOrDefault("append", 1 << 20),
            options.getOrDefault("inflight", 256),
            1 << 20,
            options.getOrDefault("uncommitted", 1 << 20),
            options.getOrDefault("lease", 0));
    int voters = Integer.parseInt(words.get(1));
    List<NodeId> begun = RandomSchedule.names(voters);
    Membership membership = Membership.of(begun, List.of());
    cluster = new CoreCluster(membership);
    cluster.observer = this::told;
    for (NodeId id : RandomSchedule.names(voters + options.getOrDefault("new", 0))) {
      RaftCore.OnDisk content =
          begun.contains(id) ? RaftCore.OnDisk.begun(membership) : RaftCore.OnDisk.nothing();
      cluster.add(new CoreNode(id, settings, id.hashCode(), content, () -> RaftCore::step));
    }
  }

  private static List<NodeId> without(List<String> words, int from) {
    return words.stream().skip(from + 1L).map(NodeId::new).toList();
  }

  /**
   * The others have forgotten their leader, and say nothing; then the one stands and is elected.
   */
  private void elect(List<String> words) {
    NodeId next = node(words, 1);
    List<NodeId> without = without(words, 2);
    quiet = true;
    int before = cluster.network.size();
    for (CoreNode node : cluster.up()) {
      if (!node.id.equals(next) && !without.contains(node.id)) {
        timeout(node);
      }
    }
    while (cluster.network.size() > before) {
      cluster.network.removeLast();
    }
    timeout(cluster.node(next));
    settle(without);
    if (!cluster.node(next).leads()) {
      throw new IllegalStateException(next + " was not elected");
    }
  }

  private void timeout(CoreNode node) {
    do {
      cluster.step(node.id, new Event.Tick(0));
    } while (node.core.state.elapsed > 0);
  }

  private void settle(List<NodeId> without) {
    quiet = true;
    boolean busy = true;
    while (busy) {
      busy = false;
      for (CoreNode node : cluster.up()) {
        if (!node.writes.isEmpty() && !without.contains(node.id)) {
          cluster.complete(node.id, node.writes.size());
          busy = true;
        }
      }
      for (Parcel parcel : List.copyOf(cluster.network)) {
        if (!without.contains(parcel.from()) && !without.contains(parcel.to())) {
          cluster.network.remove(parcel);
          cluster.deliver(parcel);
          busy = true;
        }
      }
    }
    quiet = false;
  }

  private void move(List<String> words) {
    NodeId from = node(words, 1);
    NodeId to = node(words, 2);
    List<Parcel> parcels =
        cluster.network.stream()
            .filter(parcel -> parcel.from().equals(from) && parcel.to().equals(to))
            .toList();
    boolean one = words.getFirst().equals("repeat") || words.getFirst().equals("later");
    long count = number(words, 3, one ? 1 : parcels.size());
    if (parcels.size() < count || count == 0) {
      throw new IllegalArgumentException(words + ": there are " + parcels);
    }
    for (Parcel parcel : parcels.subList(0, (int) count)) {
      move(words.getFirst(), parcel);
    }
  }

  private void move(String how, Parcel parcel) {
    if (how.equals("repeat")) {
      cluster.deliver(parcel);
      return;
    }
    cluster.network.remove(parcel);
    switch (how) {
      case "later" -> cluster.network.add(parcel);
      case "drop" -> cluster.lose(parcel);
      default -> cluster.deliver(parcel);
    }
  }

  private void state(List<String> words) {
    for (CoreNode node : cluster.nodes.values()) {
      if (words.size() == 1 || words.contains(node.id.value())) {
        out.add("%s is %s".formatted(node.id, node.isUp() ? node.core : "down"));
      }
    }
  }

  private void told(NodeId node, Effect effect) {
    if (!quiet) {
      String text =
          effect instanceof Effect.Send send
              ? "> " + send.to() + " " + send.message()
              : effect.toString();
      out.add("%s %s".formatted(node, shorter(text)));
    }
  }

  private static String shorter(String text) {
    return text.replaceAll("LogPosition\\[term=(\\d+), index=(\\d+)]", "$1.$2")
        .replaceAll("(hardState|installed)=Optional.empty, ", "")
        .replaceAll("Optional\\[HardState\\[term=(\\d+), vote=(.*?)]]", "$1/$2")
        .replaceAll("Optional\\[(n\\d)]", "$1")
        .replace("Optional.empty", "nobody")
        .replace(", transfer=false", "");
  }

  private static NodeId node(List<String> words, int at) {
    return new NodeId(words.get(at));
  }

  private static List<NodeId> nodes(String list) {
    return list.equals("-") ? List.of() : Arrays.stream(list.split(",")).map(NodeId::new).toList();
  }

  private static long number(List<String> words, int at, long otherwise) {
    return words.size() > at ? Long.parseLong(words.get(at)) : otherwise;
  }
}
