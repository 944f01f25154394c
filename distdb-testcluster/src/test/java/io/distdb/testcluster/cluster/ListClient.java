// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.testkit.txn.ListAppendWorkload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lists as values of an index, eight bytes an element, at one node. */
final class ListClient implements ListAppendWorkload.Connection {
  private final Member.Life life;
  private final IndexId index;
  private final IsolationLevel level;
  private final Runnable pause;
  private Visit visit;

  /**
   * @param pause called between the steps of a transaction
   */
  ListClient(Member.Life life, IndexId index, IsolationLevel level, Runnable pause) {
    this.life = life;
    this.index = index;
    this.level = level;
    this.pause = pause;
  }

  @Override
  public void begin(boolean readOnly) {
    visit =
        refusing(() ->
            new Visit(
                life, TransactionOptions.DEFAULT.withIsolation(level).withReadOnly(readOnly)));
  }

  @Override
  public List<Long> read(long key) {
    pause.run();
    return refusing(() -> {
      visit.transaction().beginStatement();
      return list(visit.transaction().get(index, Tables.bytes(key)));
    });
  }

  @Override
  public void append(long key, long value) {
    pause.run();
    refusing(() -> {
      Bytes list = visit.lock(index, key);
      byte[] before = list == null ? new byte[0] : list.array();
      ByteBuffer after = ByteBuffer.allocate(before.length + Long.BYTES).put(before).putLong(value);
      visit.put(index, key, Bytes.wrap(after.array()));
      return null;
    });
  }

  @Override
  public void commit() {
    refusing(visit::commit);
  }

  @Override
  public void rollback() {
    if (visit != null) {
      visit.close();
    }
  }

  /** A disk that fails refuses as one that is full does. */
  private static <T> T refusing(Supplier<T> step) {
    try {
      return step.get();
    } catch (DistDbException refusal) {
      if (refusal.code() == ErrorCode.IO_ERROR) {
        throw new DistDbException(ErrorCode.DISK_FULL, refusal.getMessage(), refusal);
      }
      throw refusal;
    }
  }

  private static List<Long> list(Bytes value) {
    List<Long> list = new ArrayList<>();
    if (value != null) {
      ByteBuffer elements = ByteBuffer.wrap(value.array());
      while (elements.hasRemaining()) {
        list.add(elements.getLong());
      }
    }
    return list;
  }
}
