// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the components of the graph and tells by a short cycle what kind of anomaly each is. */
final class CycleSearch {
  private static final int WRITES = Dependency.WRITE_WRITE.bit();
  private static final int FLOW = WRITES | Dependency.WRITE_READ.bit();
  private static final int ITEMS = FLOW | Dependency.READ_WRITE.bit();
  private static final int ALL = ITEMS | Dependency.REAL_TIME.bit();

  /** Nodes that all searches together may visit; enough for some hundred thousand short cycles. */
  private static final long VISITS_MAX = 50_000_000;

  private final DependencyGraph graph;
  private final List<ListAppendTransaction> history;
  private final CheckResult.Builder result;
  private final int[] cameBy;
  private final int[] cameFrom;
  private final int[] stamp;
  private int search;
  private long visits;

  CycleSearch(
      DependencyGraph graph, List<ListAppendTransaction> history, CheckResult.Builder result) {
    this.graph = graph;
    this.history = history;
    this.result = result;
    this.cameBy = new int[graph.nodes()];
    this.cameFrom = new int[graph.nodes()];
    this.stamp = new int[graph.nodes()];
  }

  void run(boolean realTime) {
    int[] writes = graph.components(WRITES);
    reportEach(writes, WRITES, AnomalyKind.G0, WRITES);
    reportEach(graph.components(FLOW), FLOW, AnomalyKind.G1C, Dependency.WRITE_READ.bit());
    int[] items = graph.components(ITEMS);
    reportAntiDependencies(items);
    if (realTime) {
      reportRealTime(graph.components(ALL), items);
    }
    if (visits >= VISITS_MAX) {
      result.add(
          AnomalyKind.UNDECIDED, "gave up the search for cycles after %d visits", VISITS_MAX);
    }
  }

  /** One cycle of each component, through an edge of the wanted kinds. */
  private void reportEach(int[] component, int kinds, AnomalyKind anomaly, int wanted) {
    boolean[] reported = new boolean[graph.nodes()];
    for (int node = 0; node < graph.nodes(); node++) {
      if (component[node] >= 0 && !reported[component[node]]) {
        List<String> cycle = cycleThrough(node, component, wanted, kinds);
        if (cycle != null) {
          reported[component[node]] = true;
          result.add(anomaly, "%s", String.join(" ", cycle));
        }
      }
    }
  }

  private void reportAntiDependencies(int[] component) {
    int antiDependency = Dependency.READ_WRITE.bit();
    boolean[] single = new boolean[graph.nodes()];
    for (int node = 0; node < graph.nodes(); node++) {
      if (component[node] >= 0 && !single[component[node]]) {
        List<String> cycle = cycleThrough(node, component, antiDependency, FLOW);
        if (cycle != null) {
          single[component[node]] = true;
          result.add(AnomalyKind.G_SINGLE, "%s", String.join(" ", cycle));
        }
      }
    }
    boolean[] several = new boolean[graph.nodes()];
    for (int node = 0; node < graph.nodes(); node++) {
      int number = component[node];
      if (number >= 0 && !single[number] && !several[number]) {
        List<String> cycle = cycleThrough(node, component, antiDependency, ITEMS);
        if (cycle != null) {
          several[number] = true;
          result.add(AnomalyKind.G2_ITEM, "%s", String.join(" ", cycle));
        }
      }
    }
  }

  private void reportRealTime(int[] all, int[] items) {
    boolean[] explained = new boolean[graph.nodes()];
    for (int node = 0; node < graph.nodes(); node++) {
      if (all[node] >= 0 && items[node] >= 0) {
        explained[all[node]] = true;
      }
    }
    boolean[] reported = new boolean[graph.nodes()];
    for (int node = 0; node < graph.nodes(); node++) {
      int number = all[node];
      if (number >= 0 && !explained[number] && !reported[number]) {
        List<String> cycle = cycleThrough(node, all, Dependency.REAL_TIME.bit(), ALL);
        if (cycle != null) {
          reported[number] = true;
          result.add(AnomalyKind.REALTIME, "%s", String.join(" ", cycle));
        }
      }
    }
  }

  /**
   * A shortest cycle that leaves {@code node} by an edge of {@code firstKinds} and returns by edges
   * of {@code kinds}, within its component; null when there is none.
   */
  private List<String> cycleThrough(int node, int[] component, int firstKinds, int kinds) {
    int end = graph.firstSlot(node + 1);
    for (int slot = graph.firstSlot(node); slot < end; slot++) {
      int next = graph.target(slot);
      if (graph.isOf(slot, firstKinds) && component[next] == component[node]) {
        List<String> path = path(next, node, component, kinds);
        if (path != null) {
          path.add(0, "T" + node + " -" + graph.dependency(slot).shortName() + "->");
          path.add(describe(node));
          return path;
        }
      }
    }
    return null;
  }

  private String describe(int node) {
    ListAppendTransaction transaction = history.get(node);
    return "T" + node + ", where T" + node + " is " + transaction;
  }

  /** Breadth first. */
  private List<String> path(int from, int to, int[] component, int kinds) {
    search++;
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    queue.add(from);
    stamp[from] = search;
    while (!queue.isEmpty() && visits < VISITS_MAX) {
      int node = queue.remove();
      if (node == to) {
        return edges(from, to);
      }
      visits++;
      int end = graph.firstSlot(node + 1);
      for (int slot = graph.firstSlot(node); slot < end; slot++) {
        int next = graph.target(slot);
        if (graph.isOf(slot, kinds)
            && component[next] == component[node]
            && stamp[next] != search) {
          stamp[next] = search;
          cameBy[next] = slot;
          cameFrom[next] = node;
          queue.add(next);
        }
      }
    }
    return null;
  }

  private List<String> edges(int from, int to) {
    List<String> edges = new ArrayList<>();
    for (int node = to; node != from; node = cameFrom[node]) {
      String edge = graph.dependency(cameBy[node]).shortName();
      edges.add("T" + cameFrom[node] + " -" + edge + "->");
    }
    Collections.reverse(edges);
    return edges;
  }
}
