// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.List;

/**
 * Finds the anomalies of transactions that read and append to lists.
 *
 * <p>A list shows the order in which it was appended to, so versions need not be guessed: the
 * longest read of a key is its order, each shorter read must be a prefix, and committed values that
 * nobody read come after it. From the orders follow the dependencies: write-write from a value to
 * the next, write-read from a value to those who read it last, read-write from them to the next
 * value. A strongly connected component of that graph is an anomaly, and the kinds of edges in its
 * cycles tell which. Time and memory are linear in the history, but for the search within
 * components, of which sound histories have none.
 *
 * <p>Source: Kingsbury and Alvaro, "Elle: inferring isolation anomalies from experimental
 * observations", VLDB 2020; Adya 1999; Tarjan, "Depth-first search and linear graph algorithms",
 * 1972.
 */
public final class ListAppendChecker {
  private final boolean realTime;

  /**
   * @param realTime whether a transaction that returned before another began must come before it:
   *     strict serializability
   */
  public ListAppendChecker(boolean realTime) {
    this.realTime = realTime;
  }

  /** Everything that is wrong; {@link CheckResult#at} keeps what a level forbids. */
  public CheckResult check(List<ListAppendTransaction> history) {
    CheckResult.Builder result = new CheckResult.Builder();
    ListVersions versions = new ListVersions(history, result);
    versions.checkReads();
    DependencyGraph graph = new DependencyGraph(history.size());
    versions.addDependencies(graph);
    if (realTime) {
      RealTimeOrder.addTo(graph, history, versions);
    }
    new CycleSearch(graph, history, result).run(realTime);
    return result.build();
  }
}
