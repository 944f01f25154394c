// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Foreign keys of one transaction that are checked at its end (PostgreSQL's documentation, SET
 * CONSTRAINTS).
 *
 * <p>Design: what is kept is the referenced keys that may be missing, not the rows. At the end a
 * key that is missing and that some row refers to is a violation, whoever did it; so what was
 * rolled back to a savepoint, or mended since, needs no undoing here. Used by the session's thread.
 */
public final class DeferredChecks {
  /** One constraint. */
  public record Name(TableId table, String constraint) {}

  private record Missing(ForeignKeyProgram key, Bytes parentKey) {}

  /**
   * @param values columns of a referenced row by ordinal, those of the key, in row 0
   * @param removed whether a referenced row went, or else a referencing one came
   */
  record Pending(ForeignKeyProgram key, Bytes parentKey, Vector[] values, boolean removed) {}

  /** Null until there is one, as most transactions have none. */
  private Map<Missing, Pending> pending;

  /** Null until SET CONSTRAINTS names one. */
  private Map<Name, Boolean> times;

  /** What SET CONSTRAINTS ALL said; null when it said nothing. */
  private Boolean all;

  /** Whether checks of {@code key} wait. */
  boolean isDeferred(ForeignKeyProgram key) {
    if (!key.key.deferrable()) {
      return false;
    }
    Boolean own = times == null ? null : times.get(new Name(key.child.table.id(), key.key.name()));
    return own != null ? own : all != null ? all : key.key.initiallyDeferred();
  }

  void add(Pending check) {
    if (pending == null) {
      pending = new LinkedHashMap<>();
    }
    pending.putIfAbsent(new Missing(check.key, check.parentKey), check);
  }

  public boolean isPending() {
    return pending != null && !pending.isEmpty();
  }

  /** SET CONSTRAINTS ALL. */
  public void setAll(boolean deferred) {
    times = null;
    all = deferred;
  }

  /** SET CONSTRAINTS name. */
  public void set(Name constraint, boolean deferred) {
    if (times == null) {
      times = new HashMap<>();
    }
    times.put(constraint, deferred);
  }

  /**
   * Checks what waits, something does, and is not deferred any more.
   *
   * @throws io.distdb.api.error.DistDbException {@code FOREIGN_KEY_VIOLATION}
   */
  public void checkImmediate(Execution execution) {
    Map<Missing, Pending> later = new LinkedHashMap<>();
    List<Pending> now = new ArrayList<>();
    pending.forEach((missing, check) -> {
      if (isDeferred(check.key)) {
        later.put(missing, check);
      } else {
        now.add(check);
      }
    });
    new ReferenceEvents(execution).checkDeferred(now);
    pending = later;
  }

  /**
   * Checks all that waits, something does: the transaction is about to commit.
   *
   * @throws io.distdb.api.error.DistDbException {@code FOREIGN_KEY_VIOLATION}
   */
  public void checkAll(Execution execution) {
    new ReferenceEvents(execution).checkDeferred(List.copyOf(pending.values()));
    pending.clear();
  }
}
