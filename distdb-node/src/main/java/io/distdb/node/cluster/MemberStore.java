// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.Varint;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.storage.Store;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The members of a cluster, in an index of the system shard: keys are the cluster's id, a zero
 * byte, and the node's id; without a node's id what version the cluster is at. So what a backup of
 * another cluster brought along is none of this one. Changed by serializable transactions, and so
 * by one at a time. Thread-safe.
 */
public final class MemberStore {
  /** Among the ids that belong to all databases and no catalog uses. */
  private static final IndexId MEMBERS = new IndexId(98);

  private static final TransactionOptions OPTIONS =
      TransactionOptions.DEFAULT.withIsolation(IsolationLevel.SERIALIZABLE);
  private static final int ATTEMPTS = 10;

  private final String cluster;
  private final Store store;
  private final TransactionManager transactions;

  /**
   * @param store this node's replica of the system shard
   */
  public MemberStore(String cluster, Store store, TransactionManager transactions) {
    this.cluster = cluster;
    this.store = store;
    this.transactions = transactions;
  }

  private Bytes key(NodeId id) {
    return prefix().concat(Bytes.utf8(id.value()));
  }

  private Bytes prefix() {
    return Bytes.utf8(cluster + '\0');
  }

  // --- as this node has it, perhaps behind the others ---

  /** Whether the first members were written. Never waits. */
  public boolean isBegun() {
    return !local().isEmpty();
  }

  /** All that this node knows, the removed too, by id. Never waits. */
  public List<Member> local() {
    Optional<Index> index = store.findIndex(MEMBERS);
    List<Member> members = new ArrayList<>();
    if (index.isPresent()) {
      try (IndexCursor cursor =
          index.get().range(KeyRange.prefix(prefix()), Direction.FORWARD, Long.MAX_VALUE)) {
        read(cursor, members);
      }
    }
    return members;
  }

  public Optional<Member> local(NodeId id) {
    return store
        .findIndex(MEMBERS)
        .map(index -> index.get(key(id), Long.MAX_VALUE))
        .map(value -> Member.decode(id, value));
  }

  /** What the cluster is at, as this node knows: it may be at a newer one. Never waits. */
  public int version() {
    return store
        .findIndex(MEMBERS)
        .map(index -> index.get(prefix(), Long.MAX_VALUE))
        .map(MemberStore::version)
        .orElse(ClusterVersion.OLDEST);
  }

  private static int version(Bytes value) {
    return Varint.getInt(ByteBuffer.wrap(value.array()));
  }

  private void read(IndexCursor cursor, List<Member> members) {
    int start = prefix().length();
    while (cursor.next()) {
      Bytes key = cursor.key();
      if (key.length() > start) {
        NodeId id = new NodeId(key.slice(start, key.length()).toUtf8());
        members.add(Member.decode(id, cursor.value()));
      }
    }
  }

  // --- as the cluster has it ---

  /**
   * Writes the first members, unless there are some.
   *
   * @throws DistDbException as a transaction's
   */
  public void begin(List<Member> first) {
    transact(transaction -> {
      if (isBegun()) {
        return null;
      }
      if (store.findIndex(MEMBERS).isEmpty()) {
        transaction.createIndex(MEMBERS, IndexKind.BTREE);
      }
      first.forEach(member -> transaction.put(MEMBERS, key(member.id()), member.encode()));
      return null;
    });
  }

  /** The cluster is at {@code version} from now on, or at a later one. */
  void raiseVersion(int version) {
    transact(transaction -> {
      Bytes before = transaction.get(MEMBERS, prefix());
      if (before == null || version(before) < version) {
        ByteBuffer number = ByteBuffer.allocate(Varint.size(version));
        Varint.put(number, version);
        transaction.put(MEMBERS, prefix(), Bytes.wrap(number.array()));
      }
      return null;
    });
  }

  /**
   * Replaces what is known of a node by what {@code change} makes of it.
   *
   * @param change gets what there is; what it gives is written, unless it is the same or absent
   * @throws DistDbException what {@code change} throws, and as a transaction's
   */
  public Optional<Member> change(NodeId id, Function<Optional<Member>, Optional<Member>> change) {
    if (!isBegun()) {
      throw new DistDbException(
          ErrorCode.CANNOT_CONNECT_NOW,
          "the cluster has only begun: its members are not known yet");
    }
    return transact(transaction -> {
      Bytes value = transaction.get(MEMBERS, key(id));
      Optional<Member> before = Optional.ofNullable(value).map(known -> Member.decode(id, known));
      Optional<Member> after = change.apply(before);
      if (after.isPresent() && !after.equals(before)) {
        transaction.put(MEMBERS, key(id), after.get().encode());
      }
      return after;
    });
  }

  private <T> T transact(Function<Transaction, T> body) {
    for (int attempt = 1; ; attempt++) {
      try (Transaction transaction = transactions.begin(OPTIONS)) {
        T result = body.apply(transaction);
        transaction.commit();
        return result;
      } catch (DistDbException refused) {
        boolean again =
            switch (refused.code()) {
              case SERIALIZATION_FAILURE, DEADLOCK_DETECTED -> true;
              default -> false;
            };
        if (!again || attempt >= ATTEMPTS) {
          throw refused;
        }
      }
    }
  }
}
