// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.Arrays;

/** Which transaction comes before which, and why. Edges first, questions afterwards. */
final class DependencyGraph {
  private static final Dependency[] DEPENDENCIES = Dependency.values();

  private final int nodes;
  private int[] from = new int[1_024];
  private int[] to = new int[1_024];
  private byte[] kind = new byte[1_024];
  private int edges;
  private int[] firstOfNode;
  private int[] sorted;

  DependencyGraph(int nodes) {
    this.nodes = nodes;
  }

  int nodes() {
    return nodes;
  }

  void add(int source, int target, Dependency dependency) {
    if (edges == from.length) {
      from = Arrays.copyOf(from, edges * 2);
      to = Arrays.copyOf(to, edges * 2);
      kind = Arrays.copyOf(kind, edges * 2);
    }
    from[edges] = source;
    to[edges] = target;
    kind[edges++] = (byte) dependency.ordinal();
    firstOfNode = null;
  }

  /** Puts the edges of each node side by side. */
  private void sort() {
    firstOfNode = new int[nodes + 1];
    for (int edge = 0; edge < edges; edge++) {
      firstOfNode[from[edge] + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      firstOfNode[node + 1] += firstOfNode[node];
    }
    int[] place = Arrays.copyOf(firstOfNode, nodes);
    sorted = new int[edges];
    for (int edge = 0; edge < edges; edge++) {
      sorted[place[from[edge]]++] = edge;
    }
  }

  /** Slots [firstSlot(node), firstSlot(node + 1)) are the edges that leave a node. */
  int firstSlot(int node) {
    if (firstOfNode == null) {
      sort();
    }
    return firstOfNode[node];
  }

  int target(int slot) {
    return to[sorted[slot]];
  }

  Dependency dependency(int slot) {
    return DEPENDENCIES[kind[sorted[slot]]];
  }

  /** Whether the edge's kind is in the set of {@link Dependency#bit}s. */
  boolean isOf(int slot, int kinds) {
    return (kinds & (1 << kind[sorted[slot]])) != 0;
  }

  /**
   * The strongly connected component of each node, over edges of these kinds alone; -1 for a node
   * that is on no cycle. Source: Tarjan 1972, with a stack of its own instead of recursion.
   */
  int[] components(int kinds) {
    return new Components(kinds).find();
  }

  /** One run of Tarjan's algorithm. */
  private final class Components {
    private final int kinds;
    private final int[] index = new int[nodes];
    private final int[] low = new int[nodes];
    private final int[] component = new int[nodes];
    private final boolean[] onStack = new boolean[nodes];
    private final int[] stack = new int[nodes];
    private final int[] path = new int[nodes];
    private final int[] slot = new int[nodes];
    private int stackSize;
    private int visited;
    private int components;

    Components(int kinds) {
      this.kinds = kinds;
      Arrays.fill(component, -1);
    }

    int[] find() {
      for (int node = 0; node < nodes; node++) {
        if (index[node] == 0) {
          visitFrom(node);
        }
      }
      return component;
    }

    private void visitFrom(int root) {
      int depth = 0;
      enter(root);
      path[0] = root;
      while (depth >= 0) {
        int node = path[depth];
        int next = nextUnvisited(node);
        if (next >= 0) {
          enter(next);
          path[++depth] = next;
          continue;
        }
        if (low[node] == index[node]) {
          close(node);
        }
        depth--;
        if (depth >= 0) {
          low[path[depth]] = Math.min(low[path[depth]], low[node]);
        }
      }
    }

    private void enter(int node) {
      index[node] = ++visited;
      low[node] = index[node];
      slot[node] = firstSlot(node);
      stack[stackSize++] = node;
      onStack[node] = true;
    }

    private int nextUnvisited(int node) {
      int end = firstSlot(node + 1);
      while (slot[node] < end) {
        int edge = slot[node]++;
        if (isOf(edge, kinds)) {
          int next = target(edge);
          if (index[next] == 0) {
            return next;
          }
          if (onStack[next]) {
            low[node] = Math.min(low[node], index[next]);
          }
        }
      }
      return -1;
    }

    private void close(int root) {
      boolean single = stack[stackSize - 1] == root;
      int number = single ? -1 : components++;
      int node;
      do {
        node = stack[--stackSize];
        onStack[node] = false;
        component[node] = number;
      } while (node != root);
    }
  }
}
