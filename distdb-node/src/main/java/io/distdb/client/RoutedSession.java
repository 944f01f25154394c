// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.session.Notice;
import io.distdb.sql.session.Prepared;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.sql.session.TransactionStatus;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session at one of several homes. One whose home is gone can be closed all the same. */
record RoutedSession(Session session) implements Session {
  private static final Logger LOG = LoggerFactory.getLogger(RoutedSession.class);

  @Override
  public StatementResult execute(String sql) {
    return session.execute(sql);
  }

  @Override
  public long copyIn(String sql, InputStream data) {
    return session.copyIn(sql, data);
  }

  @Override
  public long copyOut(String sql, OutputStream target) {
    return session.copyOut(sql, target);
  }

  @Override
  public Prepared prepare(String sql) {
    return session.prepare(sql);
  }

  @Override
  public TransactionStatus transactionStatus() {
    return session.transactionStatus();
  }

  @Override
  public void cancel() {
    session.cancel();
  }

  @Override
  public List<Notice> takeNotices() {
    return session.takeNotices();
  }

  @Override
  public void reset() {
    session.reset();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (DistDbException gone) {
      LOG.debug("a session could not be closed: it is lost with its home", gone);
    }
  }
}
