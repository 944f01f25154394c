// SPDX-License-Identifier: MIT
package io.distdb.sql.fake;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexCursor;
import java.util.Iterator;
import java.util.Map;

/** Walks over a map that nobody else changes. */
final class MapCursor implements IndexCursor {
  private final FakeTransactionManager manager;
  private final Iterator<Map.Entry<Bytes, Bytes>> entries;
  private Map.Entry<Bytes, Bytes> current;

  MapCursor(FakeTransactionManager manager, Map<Bytes, Bytes> entries) {
    this.manager = manager;
    this.entries = entries.entrySet().iterator();
  }

  @Override
  public boolean next() {
    manager.reads();
    boolean more = entries.hasNext();
    current = more ? entries.next() : null;
    return more;
  }

  @Override
  public Bytes key() {
    return current.getKey();
  }

  @Override
  public Bytes value() {
    return current.getValue();
  }

  @Override
  public void close() {}
}
