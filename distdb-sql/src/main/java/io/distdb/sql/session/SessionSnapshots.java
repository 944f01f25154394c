// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The snapshots that one session's transaction has exported, and those of others that it asks for
 * (PostgreSQL's documentation, 9.27.5 and SET TRANSACTION). By the session's thread.
 */
final class SessionSnapshots {
  private final LocalSession session;
  private final List<String> exported = new ArrayList<>(0);
  private int number;

  SessionSnapshots(LocalSession session) {
    this.session = session;
  }

  private ExportedSnapshots all() {
    return session.database().databases().sessions().snapshots();
  }

  /** The transaction itself may read on at later snapshots: another one keeps this. */
  String export() {
    TransactionBlock block = session.block();
    if (block != null && block.savepointCount() > 0) {
      throw new DistDbException(
          ErrorCode.ACTIVE_TRANSACTION, "cannot export a snapshot from a subtransaction");
    }
    Transaction own =
        block == null ? session.runner().current().transaction() : block.transaction();
    Transaction reader =
        session
            .database()
            .transactions()
            .beginAt(own.snapshot(), TransactionOptions.DEFAULT.withReadOnly(true));
    number = exported.isEmpty() ? all().newNumber() : number;
    String name = ExportedSnapshots.name(session.processId(), number, exported.size() + 1);
    all().add(name, new ExportedSnapshots.Exported(session.database(), reader, own.isolation()));
    exported.add(name);
    return name;
  }

  void endTransaction() {
    if (!exported.isEmpty()) {
      exported.forEach(all()::remove);
      exported.clear();
    }
  }

  /**
   * The timestamp of a snapshot, for a transaction that runs with {@code options}.
   *
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: there is none of that name; {@code
   *     FEATURE_NOT_SUPPORTED}: such a transaction cannot read at it
   */
  long find(String name, TransactionOptions options) {
    IsolationLevel isolation = options.isolation();
    if (isolation == IsolationLevel.READ_COMMITTED) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "a snapshot-importing transaction must have isolation level SERIALIZABLE or REPEATABLE"
              + " READ");
    }
    ExportedSnapshots.Exported found =
        all()
            .find(name)
            .orElseThrow(() ->
                new DistDbException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "invalid snapshot identifier: \"" + name + "\""));
    if (isolation == IsolationLevel.SERIALIZABLE) {
      checkSerializable(found, options);
    }
    if (found.database() != session.database()) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "cannot import a snapshot from a different database");
    }
    return found.reader().snapshot();
  }

  /** Where it may write it locks what it reads, and reads what is newest. */
  private static void checkSerializable(
      ExportedSnapshots.Exported found, TransactionOptions options) {
    if (found.isolation() != IsolationLevel.SERIALIZABLE) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "a serializable transaction cannot import a snapshot from a non-serializable"
              + " transaction");
    }
    if (!options.readOnly()) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "importing a snapshot into a SERIALIZABLE READ WRITE transaction is not supported yet");
    }
  }
}
