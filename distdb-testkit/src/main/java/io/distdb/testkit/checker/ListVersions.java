// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import io.distdb.testkit.checker.ListAppendTransaction.Append;
import io.distdb.testkit.checker.ListAppendTransaction.Read;
import io.distdb.testkit.checker.ListAppendTransaction.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order of each list, who wrote what, and the anomalies that need no graph. */
final class ListVersions {
  private static final int NOBODY = -1;

  private final List<ListAppendTransaction> history;
  private final CheckResult.Builder result;
  private final Map<Append, Integer> writers = new HashMap<>();
  private final Map<Long, Key> keys = new LinkedHashMap<>();
  private final boolean[] observed;

  /** What is known of one key. */
  private static final class Key {
    private final long key;
    private List<Long> order = List.of();
    private int longestReader = NOBODY;
    private final List<ExternalRead> reads = new ArrayList<>();
    private final List<Append> appends = new ArrayList<>();

    Key(long key) {
      this.key = key;
    }
  }

  /**
   * What a committed transaction saw of the others' values. Its own, at the end of the list, are
   * left out: where they come to lie is known only once it has committed.
   *
   * @param beforeItsOwn whether it had not yet appended to the key
   */
  private record ExternalRead(int reader, List<Long> values, boolean beforeItsOwn) {
    int length() {
      return values.size();
    }
  }

  ListVersions(List<ListAppendTransaction> history, CheckResult.Builder result) {
    this.history = history;
    this.result = result;
    this.observed = new boolean[history.size()];
    collectAppends();
    collectReads();
  }

  /** Whether it committed, or somebody saw that it did. */
  boolean happened(int transaction) {
    return history.get(transaction).outcome() == Outcome.COMMITTED || observed[transaction];
  }

  private void collectAppends() {
    for (int i = 0; i < history.size(); i++) {
      for (Step step : history.get(i).steps()) {
        if (step instanceof Append append) {
          Integer other = writers.put(append, i);
          if (other != null) {
            result.add(
                AnomalyKind.MALFORMED_HISTORY,
                "value %d was appended to key %d by transactions %d and %d",
                append.value(),
                append.key(),
                other,
                i);
          }
          key(append.key()).appends.add(append);
        }
      }
    }
  }

  private void collectReads() {
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).outcome() == Outcome.COMMITTED) {
        collectReads(i);
      }
    }
  }

  private void collectReads(int reader) {
    Map<Long, List<Long>> own = new HashMap<>();
    for (Step step : history.get(reader).steps()) {
      switch (step) {
        case Append append ->
            own.computeIfAbsent(append.key(), absent -> new ArrayList<>()).add(append.value());
        case Read read -> collectRead(reader, read, own.getOrDefault(read.key(), List.of()));
      }
    }
  }

  private void collectRead(int reader, Read read, List<Long> own) {
    List<Long> values = read.values();
    int length = values.size() - own.size();
    if (length < 0 || !values.subList(length, values.size()).equals(own)) {
      result.add(
          AnomalyKind.INTERNAL,
          "transaction %d read %s of key %d, which does not end with its own %s",
          reader,
          values,
          read.key(),
          own);
      return;
    }
    Key key = key(read.key());
    List<Long> others = values.subList(0, length);
    key.reads.add(new ExternalRead(reader, others, own.isEmpty()));
    if (length > key.order.size() || key.longestReader == NOBODY) {
      key.order = others;
      key.longestReader = reader;
    }
  }

  private Key key(long key) {
    return keys.computeIfAbsent(key, Key::new);
  }

  private int writer(long key, long value) {
    return writers.getOrDefault(new Append(key, value), NOBODY);
  }

  /** Finds what a look at each list alone shows. */
  void checkReads() {
    for (Key key : keys.values()) {
      checkOrder(key);
      key.reads.removeIf(read -> !isPrefix(key, read));
      key.reads.forEach(read -> checkRead(key, read));
      checkLostUpdates(key);
    }
  }

  private void checkOrder(Key key) {
    Set<Long> seen = new HashSet<>();
    for (long value : key.order) {
      if (!seen.add(value)) {
        result.add(
            AnomalyKind.DUPLICATE_ELEMENT,
            "transaction %d read value %d twice in key %d: %s",
            key.longestReader,
            value,
            key.key,
            key.order);
      }
      checkWriter(key, key.longestReader, value);
    }
  }

  private void checkWriter(Key key, int reader, long value) {
    int writer = writer(key.key, value);
    if (writer == NOBODY) {
      result.add(
          AnomalyKind.GARBAGE_READ,
          "transaction %d read value %d of key %d, which nobody appended",
          reader,
          value,
          key.key);
      return;
    }
    observed[writer] |= history.get(writer).outcome() == Outcome.UNKNOWN;
    if (history.get(writer).outcome() == Outcome.ABORTED) {
      result.add(
          AnomalyKind.G1A,
          "transaction %d read value %d of key %d, which aborted transaction %d appended",
          reader,
          value,
          key.key,
          writer);
    }
  }

  private boolean isPrefix(Key key, ExternalRead read) {
    if (key.order.size() >= read.length()
        && key.order.subList(0, read.length()).equals(read.values())) {
      return true;
    }
    result.add(
        AnomalyKind.INCOMPATIBLE_ORDER,
        "of key %d transaction %d read %s and transaction %d read %s",
        key.key,
        read.reader(),
        read.values(),
        key.longestReader,
        key.order);
    read.values().forEach(value -> checkWriter(key, read.reader(), value));
    return false;
  }

  private void checkRead(Key key, ExternalRead read) {
    if (read.length() == 0) {
      return;
    }
    long last = read.values().get(read.length() - 1);
    int writer = writer(key.key, last);
    if (writer == read.reader()) {
      result.add(
          AnomalyKind.INTERNAL,
          "transaction %d read its value %d of key %d before it appended it",
          read.reader(),
          last,
          key.key);
    } else if (writer != NOBODY && lastAppend(writer, key.key) != last) {
      result.add(
          AnomalyKind.G1B,
          "transaction %d read value %d of key %d, and transaction %d appended %d after it",
          read.reader(),
          last,
          key.key,
          writer,
          lastAppend(writer, key.key));
    }
  }

  private long lastAppend(int writer, long key) {
    long last = 0;
    for (Step step : history.get(writer).steps()) {
      if (step instanceof Append append && append.key() == key) {
        last = append.value();
      }
    }
    return last;
  }

  private void checkLostUpdates(Key key) {
    Map<Integer, ExternalRead> lastBeforeAppend = new LinkedHashMap<>();
    for (ExternalRead read : key.reads) {
      if (read.beforeItsOwn() && appends(read.reader(), key.key)) {
        lastBeforeAppend.put(read.reader(), read);
      }
    }
    Map<Integer, Integer> updaterOfVersion = new HashMap<>();
    for (ExternalRead read : lastBeforeAppend.values()) {
      Integer other = updaterOfVersion.putIfAbsent(read.length(), read.reader());
      if (other != null) {
        result.add(
            AnomalyKind.LOST_UPDATE,
            "transactions %d and %d both read %s of key %d and appended to it",
            other,
            read.reader(),
            read.values(),
            key.key);
      }
    }
  }

  private boolean appends(int transaction, long key) {
    for (Step step : history.get(transaction).steps()) {
      if (step instanceof Append append && append.key() == key) {
        return true;
      }
    }
    return false;
  }

  /** Adds the dependencies that the orders show. Call after {@link #checkReads}. */
  void addDependencies(DependencyGraph graph) {
    for (Key key : keys.values()) {
      int[] order = new int[key.order.size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = writer(key.key, key.order.get(i));
      }
      List<Integer> unread = unread(key);
      addWriteOrder(graph, order, unread);
      for (ExternalRead read : key.reads) {
        addRead(graph, read, order, unread);
      }
    }
  }

  /** Those who committed a value that nobody read: it comes after the longest read. */
  private List<Integer> unread(Key key) {
    Set<Long> read = new HashSet<>(key.order);
    List<Integer> unread = new ArrayList<>();
    for (Append append : key.appends) {
      int writer = writers.get(append);
      if (happened(writer) && !read.contains(append.value())) {
        unread.add(writer);
      }
    }
    return unread;
  }

  private static void addWriteOrder(DependencyGraph graph, int[] order, List<Integer> unread) {
    for (int i = 1; i < order.length; i++) {
      addEdge(graph, order[i - 1], order[i], Dependency.WRITE_WRITE);
    }
    if (order.length > 0) {
      for (int writer : unread) {
        addEdge(graph, order[order.length - 1], writer, Dependency.WRITE_WRITE);
      }
    }
  }

  private static void addRead(
      DependencyGraph graph, ExternalRead read, int[] order, List<Integer> unread) {
    if (read.length() > 0) {
      addEdge(graph, order[read.length() - 1], read.reader(), Dependency.WRITE_READ);
    }
    if (read.length() < order.length) {
      addEdge(graph, read.reader(), order[read.length()], Dependency.READ_WRITE);
    } else {
      for (int writer : unread) {
        addEdge(graph, read.reader(), writer, Dependency.READ_WRITE);
      }
    }
  }

  private static void addEdge(DependencyGraph graph, int from, int to, Dependency dependency) {
    if (from != NOBODY && to != NOBODY && from != to) {
      graph.add(from, to, dependency);
    }
  }
}
