// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * A transaction that goes on, within {@link Client#transaction}. Used by one thread; ends with the
 * body that got it, and its results with it.
 */
public final class Tx implements Statements {
  private Lease lease;

  Tx(Lease lease) {
    this.lease = lease;
  }

  @Override
  public long execute(String sql, Object... parameters) {
    return current().execute(sql, parameters);
  }

  @Override
  public Result query(String sql, Object... parameters) {
    return current().query(sql, parameters);
  }

  @Override
  public long copyIn(String sql, InputStream data) {
    return current().copyIn(sql, data);
  }

  @Override
  public long copyOut(String sql, OutputStream target) {
    return current().copyOut(sql, target);
  }

  @Override
  public PreparedStatement prepare(String sql) {
    current().check(sql);
    return new PreparedStatement() {
      @Override
      public String sql() {
        return sql;
      }

      @Override
      public long execute(Object... parameters) {
        return current().execute(sql, parameters);
      }

      @Override
      public long execute(long parameter) {
        return current().execute(sql, parameter);
      }

      @Override
      public Result query(Object... parameters) {
        return current().query(sql, parameters);
      }

      @Override
      public Result query(long parameter) {
        return current().query(sql, parameter);
      }

      @Override
      public long executeBatch(List<Object[]> runs) {
        return current().executeBatch(sql, runs);
      }
    };
  }

  private Lease current() {
    if (lease == null) {
      throw new DistDbException(
              ErrorCode.NO_ACTIVE_TRANSACTION, "the transaction of this handle has ended")
          .withHint("Use the handle within the body that got it only.");
    }
    return lease;
  }

  void end() {
    lease = null;
  }
}
