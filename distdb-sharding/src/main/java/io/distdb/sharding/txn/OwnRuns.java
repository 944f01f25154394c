// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import io.distdb.api.storage.WriteBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The runs of new entries among a transaction's writes. No key is in two runs of an index.
 *
 * <p>Design note. A run is a sorted array and takes no hash table: an entry costs what its key and
 * value cost and two references. So that a key is found by few searches, a run is merged with the
 * one before it of the same index while that is not twice as long, as log-structured merge trees do
 * (O'Neil et al., "The log-structured merge-tree", 1996); but not across a savepoint, which takes
 * the runs behind it away.
 */
final class OwnRuns {
  private record Run(IndexId index, EntryRun entries) {
    long encodedBytes() {
      return OwnRuns.encodedBytes(index, entries);
    }

    boolean isOf(IndexId other) {
      return index.value() == other.value();
    }
  }

  private final List<Run> runs = new ArrayList<>();

  /** Runs before it are those of a savepoint, and stay as they are. */
  private int marked;

  static long encodedBytes(IndexId index, EntryRun run) {
    return run.size() == 0 ? 0 : WriteBatch.encodedBytes(new WriteBatch.PutAll(index, run));
  }

  /** The run without the keys that have a single write, to which the value is written instead. */
  static EntryRun withoutSingle(IndexId index, EntryRun run, WriteBuffer writes) {
    EntryRun rest = new EntryRun();
    for (int i = 0; i < run.size(); i++) {
      Bytes key = Bytes.wrap(run.key(i));
      int position = writes.findSingle(index, key);
      if (position < 0) {
        rest.add(run.key(i), run.value(i));
      } else {
        writes.write(position, index, key, Bytes.wrap(run.value(i)));
      }
    }
    return rest;
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** Entries of all runs. */
  int size() {
    int size = 0;
    for (Run run : runs) {
      size += run.entries.size();
    }
    return size;
  }

  void add(IndexId index, EntryRun added) {
    EntryRun run = added;
    for (int i = runs.size() - 1; i >= marked; i--) {
      Run before = runs.get(i);
      if (before.isOf(index)) {
        if (before.entries.size() >= 2 * run.size()) {
          break;
        }
        run = EntryRun.merge(before.entries, run);
        runs.remove(i);
      }
    }
    runs.add(new Run(index, run));
  }

  // --- lookup ---

  boolean has(IndexId index) {
    for (Run run : runs) {
      if (run.isOf(index)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the range from the first to the last key of {@code entries} touches another's. */
  boolean overlaps(IndexId index, EntryRun entries) {
    byte[] first = entries.key(0);
    byte[] last = entries.key(entries.size() - 1);
    for (Run run : runs) {
      EntryRun own = run.entries;
      if (run.isOf(index)
          && Arrays.compareUnsigned(own.key(0), last) <= 0
          && Arrays.compareUnsigned(own.key(own.size() - 1), first) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Where a key is, counted over all runs; or -1. */
  int find(IndexId index, byte[] key) {
    int start = 0;
    for (Run run : runs) {
      EntryRun entries = run.entries;
      if (run.isOf(index)) {
        int at = entries.find(key);
        if (at >= 0) {
          return start + at;
        }
      }
      start += entries.size();
    }
    return -1;
  }

  Bytes key(int position) {
    int run = runAt(position);
    return Bytes.wrap(runs.get(run).entries.key(position - start(run)));
  }

  Bytes value(int position) {
    int run = runAt(position);
    return Bytes.wrap(runs.get(run).entries.value(position - start(run)));
  }

  IndexId index(int position) {
    return runs.get(runAt(position)).index;
  }

  private int runAt(int position) {
    int run = 0;
    for (int left = position; left >= runs.get(run).entries.size(); run++) {
      left -= runs.get(run).entries.size();
    }
    return run;
  }

  private int start(int run) {
    int start = 0;
    for (int i = 0; i < run; i++) {
      start += runs.get(i).entries.size();
    }
    return start;
  }

  /** What is within {@code range}, together with {@code newer}, which hides. */
  OwnWrites slice(IndexId index, KeyRange range, OwnWrites newer) {
    OwnWrites slice = newer;
    for (Run run : runs) {
      if (run.isOf(index)) {
        int from = run.entries.ceiling(range.from().array());
        int to = range.to() == null ? run.entries.size() : run.entries.ceiling(range.to().array());
        if (from < to) {
          slice = merge(slice, run.entries, from, to);
        }
      }
    }
    return slice;
  }

  private static OwnWrites merge(OwnWrites newer, EntryRun run, int from, int to) {
    Bytes[] keys = new Bytes[newer.size() + to - from];
    Bytes[] values = new Bytes[keys.length];
    int size = 0;
    int next = 0;
    for (int at = from; at < to; at++) {
      int order = 1;
      while (next < newer.size()
          && (order = Arrays.compareUnsigned(newer.keys()[next].array(), run.key(at))) < 0) {
        keys[size] = newer.keys()[next];
        values[size++] = newer.values()[next++];
      }
      if (next == newer.size() || order != 0) {
        keys[size] = Bytes.wrap(run.key(at));
        values[size++] = Bytes.wrap(run.value(at));
      }
    }
    for (; next < newer.size(); next++) {
      keys[size] = newer.keys()[next];
      values[size++] = newer.values()[next];
    }
    return new OwnWrites(Arrays.copyOf(keys, size), Arrays.copyOf(values, size));
  }

  // --- savepoints and end ---

  /** A place for {@link #undoTo}. */
  int mark() {
    marked = runs.size();
    return marked;
  }

  /** Returns how many encoded bytes went. */
  long undoTo(int mark) {
    long gone = 0;
    while (runs.size() > mark) {
      gone += runs.removeLast().encodedBytes();
    }
    marked = Math.min(marked, mark);
    return gone;
  }

  void addTo(WriteBatch batch, SchemaWrites schema) {
    for (Run run : runs) {
      if (!schema.dropped(run.index)) {
        batch.putAll(run.index, run.entries);
      }
    }
  }
}
