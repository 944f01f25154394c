// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.Timestamp;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.index.Direction;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.KeyRange;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** A replica; tells the {@link ClusterWatch} what it is given and what comes of it. */
record WatchedMachine(NodeId node, StateMachine machine, Store store, ClusterWatch watch)
    implements StateMachine {
  @Override
  public LogPosition applied() {
    return machine.applied();
  }

  @Override
  public Object apply(LogPosition position, Command command) {
    ByteBuffer encoded = ByteBuffer.allocate(command.encodedSize());
    command.encode(encoded);
    CRC32C hash = new CRC32C();
    hash.update(encoded.flip());
    watch.applied(node, position, hash.getValue());
    Object result = machine.apply(position, command);
    if (watch.wantsDigest(node, position)) {
      watch.digest(node, position, digest(store));
    }
    return result;
  }

  /** Everything that a reader of now sees, and the side records. */
  static long digest(Store store) {
    CRC32C hash = new CRC32C();
    for (Index index : store.indexes()) {
      try (IndexCursor rows = index.range(KeyRange.ALL, Direction.FORWARD, Timestamp.LATEST)) {
        while (rows.next()) {
          add(hash, rows.key());
          add(hash, rows.value());
        }
      }
      hash.update((int) index.id().value());
    }
    store.forEachSide(
        Bytes.EMPTY,
        (key, value) -> {
          add(hash, key);
          add(hash, value);
        });
    return hash.getValue();
  }

  private static void add(CRC32C hash, Bytes bytes) {
    hash.update(bytes.length());
    hash.update(bytes.array());
  }

  @Override
  public void replaying(boolean underWay) {
    machine.replaying(underWay);
  }

  @Override
  public Command decode(Bytes payload) {
    return machine.decode(payload);
  }

  @Override
  public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
    return machine.exportSnapshot(sink);
  }

  @Override
  public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
    machine.installSnapshot(position, chunks);
  }

  @Override
  public void leading(long term) {
    watch.leading(node, term, machine.applied());
    machine.leading(term);
  }

  @Override
  public void following(long term) {
    machine.following(term);
  }
}
