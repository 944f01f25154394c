// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.WriteBatch;
import io.distdb.sharding.replica.Announcements;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes that a transaction creates and drops, tables that it changes, and what it announces, in
 * order.
 */
final class SchemaWrites {
  private sealed interface Step {
    record Created(IndexId index, IndexKind kind) implements Step {}

    record Dropped(IndexId index) implements Step {}

    record Changed(TableId table) implements Step {}

    record Announced(Bytes message) implements Step {}
  }

  private List<Step> steps = List.of();

  boolean isEmpty() {
    return steps.isEmpty();
  }

  int size() {
    return steps.size();
  }

  boolean changesSchema() {
    for (Step step : steps) {
      if (step instanceof Step.Changed) {
        return true;
      }
    }
    return false;
  }

  void create(IndexId index, IndexKind kind) {
    add(new Step.Created(index, kind));
  }

  void drop(IndexId index) {
    add(new Step.Dropped(index));
  }

  void change(TableId table) {
    add(new Step.Changed(table));
  }

  void announce(Bytes message) {
    add(new Step.Announced(message));
  }

  private void add(Step step) {
    if (steps.isEmpty()) {
      steps = new ArrayList<>();
    }
    steps.add(step);
  }

  void truncate(int count) {
    if (count < steps.size()) {
      steps.subList(count, steps.size()).clear();
    }
  }

  /** The kind of an index created here, or null. */
  IndexKind created(IndexId index) {
    for (Step step : steps) {
      if (step instanceof Step.Created(IndexId created, IndexKind kind) && created.equals(index)) {
        return kind;
      }
    }
    return null;
  }

  boolean dropped(IndexId index) {
    for (Step step : steps) {
      if (step instanceof Step.Dropped(IndexId dropped) && dropped.equals(index)) {
        return true;
      }
    }
    return false;
  }

  void addCreated(WriteBatch batch) {
    for (Step step : steps) {
      if (step instanceof Step.Created(IndexId index, IndexKind kind) && !dropped(index)) {
        batch.createIndex(index, kind);
      }
    }
  }

  void addDropped(WriteBatch batch) {
    for (Step step : steps) {
      if (step instanceof Step.Dropped(IndexId index) && created(index) == null) {
        batch.dropIndex(index);
      }
    }
  }

  void addAnnounced(WriteBatch batch) {
    for (Step step : steps) {
      if (step instanceof Step.Announced(Bytes message)) {
        Announcements.add(batch, message);
      }
    }
  }

  List<TableId> changedTables() {
    if (steps.isEmpty()) {
      return List.of();
    }
    List<TableId> tables = new ArrayList<>(steps.size());
    for (Step step : steps) {
      if (step instanceof Step.Changed(TableId table) && !tables.contains(table)) {
        tables.add(table);
      }
    }
    return tables;
  }
}
