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
import java.util.zip.CRC32C;

/** A replica; tells the {@link ClusterWatch} what it is given and what comes of it. */
final class WatchedMachine extends ForwardingMachine {
  private final NodeId node;
  private final Store store;
  private final ClusterWatch watch;

  WatchedMachine(NodeId node, StateMachine machine, Store store, ClusterWatch watch) {
    super(machine);
    this.node = node;
    this.store = store;
    this.watch = watch;
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
  public void leading(long term) {
    watch.leading(node, term, machine.applied());
    machine.leading(term);
  }
}
