// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.time.Clock;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What contracts of transactions start from: a home of one B-tree index, on a clock to be set. */
abstract class TransactionFixture {
  final AdjustableClock clock = new AdjustableClock();
  TransactionHome home;
  IndexId index;

  /** Opens what is tested; the contract closes it after each test. */
  protected abstract TransactionHome open(Clock clock);

  @BeforeEach
  void openHome() {
    home = open(clock);
    index = create(IndexKind.BTREE);
  }

  @AfterEach
  void closeHome() {
    home.close();
  }

  final Transaction begin(IsolationLevel level) {
    return home.manager().begin(TransactionOptions.DEFAULT.withIsolation(level));
  }

  final Session session(IsolationLevel level) {
    return new Session(home.manager(), TransactionOptions.DEFAULT.withIsolation(level));
  }

  final IndexId create(IndexKind kind) {
    IndexId id = home.manager().newIndexId();
    try (Transaction transaction = begin(IsolationLevel.READ_COMMITTED)) {
      transaction.createIndex(id, kind);
      transaction.commit();
    }
    return id;
  }

  static void assertCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DistDbException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
